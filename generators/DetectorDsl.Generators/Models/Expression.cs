using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Models;

/// <summary>A value as its author wrote it, not yet resolved: references to slots and to the base are kept, for the most-derived record decides.</summary>
internal abstract record Expression(Origin Origin);

/// <summary>A constant: a number, truth value, text, enum member or nothing.</summary>
internal sealed record ConstantExpression(Value Value) : Expression(Value.Origin);

/// <summary><c>new Type(arguments) { initializers }</c>, with omitted arguments filled in, as the compiler fills them in.</summary>
internal sealed record NewExpression(
    string TypeName,
    EquatableArray<Assignment> Arguments,
    EquatableArray<Assignment> Initializers,
    Origin Origin
) : Expression(Origin);

/// <summary><c>source with { initializers }</c>.</summary>
internal sealed record WithExpression(Expression Source, EquatableArray<Assignment> Initializers, Origin Origin) : Expression(Origin);

/// <summary>A collection expression.</summary>
internal sealed record ListExpression(EquatableArray<Expression> Items, Origin Origin) : Expression(Origin);

/// <summary><c>.. source</c> within a collection expression.</summary>
internal sealed record SpreadExpression(Expression Source, Origin Origin) : Expression(Origin);

/// <summary>A cast to a component's type; it fails where the value is of another kind.</summary>
internal sealed record CastExpression(string TypeName, Expression Source, Origin Origin) : Expression(Origin);

/// <summary>A whole number turned into a floating-point one, in single precision where <paramref name="IsSingle" />.</summary>
internal sealed record WideningExpression(Expression Source, bool IsSingle, Origin Origin) : Expression(Origin);

/// <summary>Another slot of the record; a slot that cannot be overridden names its type.</summary>
internal sealed record SlotExpression(string Slot, string DeclaringType, Origin Origin) : Expression(Origin);

/// <summary><c>base.Slot</c>.</summary>
internal sealed record BaseSlotExpression(string Slot, Origin Origin) : Expression(Origin);

/// <summary>A property of a component, for example <c>base.BoxHead.BoxLoss</c>.</summary>
internal sealed record MemberExpression(Expression Source, string Property, Origin Origin) : Expression(Origin);

/// <summary>A parameter of the component whose default or base argument this is.</summary>
internal sealed record ParameterExpression(string Name, Origin Origin) : Expression(Origin);

/// <summary>Something that does not fold; what is wrong with it has been said, here or by the compiler.</summary>
internal sealed record FailedExpression(Origin Origin) : Expression(Origin);

/// <summary>A parameter or property, and what it is set to.</summary>
internal sealed record Assignment(string Name, Expression Value);
