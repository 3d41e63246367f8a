using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Resolving;

/// <content>Components: construction as the record's own constructor does it, then what is set on top.</content>
internal sealed partial class Evaluator
{
    private ComponentValue? EvaluateNew(NewExpression creation, Scope scope)
    {
        var arguments = EvaluateAll(creation.Arguments, scope);
        var initializers = EvaluateAll(creation.Initializers, scope);
        if (
            components.Find(creation.TypeName, creation.Origin, problems) is not { } definition
            || arguments is null
            || initializers is null
        )
        {
            return null;
        }

        var info = components.InfoOf(definition);
        var values = new Dictionary<string, Value>();
        var valid = CheckAll(info, arguments);
        if (!Construct(definition, arguments, values, creation.Origin))
        {
            return null;
        }
        return valid & CheckAll(info, initializers) ? Complete(info, values, initializers, creation.Origin) : null;
    }

    private ComponentValue? EvaluateWith(WithExpression with, Scope scope)
    {
        var source = Evaluate(with.Source, scope);
        var initializers = EvaluateAll(with.Initializers, scope);
        if (source is NullValue)
        {
            Absent(with.Origin, with.Source.Words, "with");
        }
        if (source is not ComponentValue component || initializers is null || !CheckAll(component.Info, initializers))
        {
            return null;
        }
        return Complete(
            component.Info,
            component.Properties.ToDictionary(property => property.Name, property => property.Value),
            initializers,
            with.Origin
        );
    }

    /// <summary>Runs the constructor: the base's first, then parameters and initialisers, as the compiler orders what can be seen of them.</summary>
    private bool Construct(
        ComponentDefinition definition,
        Dictionary<string, Value> arguments,
        Dictionary<string, Value> values,
        Origin origin
    )
    {
        var scope = new ParameterScope(arguments);
        if (definition.BaseType.Length > 0)
        {
            if (
                components.Find(definition.BaseType, origin, problems) is not { } ancestor
                || EvaluateAll(definition.BaseArguments, scope) is not { } passedOn
            )
            {
                return false;
            }
            if (!CheckAll(components.InfoOf(ancestor), passedOn) || !Construct(ancestor, passedOn, values, origin))
            {
                return false;
            }
        }

        var complete = true;
        foreach (var member in definition.Members)
        {
            if (InitialValue(definition, member, arguments, scope, origin) is { } value)
            {
                values[member.Name] = value;
            }
            else
            {
                complete = false;
            }
        }

        return complete;
    }

    private Value? InitialValue(
        ComponentDefinition definition,
        MemberDefinition member,
        Dictionary<string, Value> arguments,
        ParameterScope scope,
        Origin origin
    )
    {
        if (member.IsParameter && arguments.TryGetValue(member.Name, out var argument))
        {
            return argument;
        }
        if (member.Default is null)
        {
            return Zero(member.Property.Type, origin);
        }
        return member.Default.UsesParameters ? Evaluate(member.Default, scope) : components.DefaultOf(definition, member, this);
    }

    /// <summary>What a property without an initialiser holds.</summary>
    private static Value Zero(PropertyType type, Origin origin) =>
        type switch
        {
            { IsNullable: true } => new NullValue(origin),
            { Kind: PropertyKind.Integer } => new IntegerValue(0, origin),
            { Kind: PropertyKind.Real } => new RealValue(0, origin),
            { Kind: PropertyKind.Boolean } => new BooleanValue(Truth: false, origin),
            _ => new NullValue(origin),
        };

    /// <summary>Sets properties on top, puts all in order, and makes sure that no part is missing.</summary>
    private ComponentValue? Complete(
        ComponentInfo info,
        Dictionary<string, Value> values,
        Dictionary<string, Value> initializers,
        Origin origin
    )
    {
        var properties = new List<PropertyValue>();
        var complete = true;
        foreach (var property in info.Properties)
        {
            if (!initializers.TryGetValue(property.Name, out var value) && !values.TryGetValue(property.Name, out value))
            {
                value = Zero(property.Type, origin);
            }
            if (value is NullValue && !property.Type.IsNullable)
            {
                complete = !Absent(value.Origin, $"{info.Name}.{property.Name}", info.Name);
            }
            properties.Add(new PropertyValue(property.Name, value));
        }

        return complete && CheckPairs(info, properties, initializers, origin)
            ? new ComponentValue(info, properties.ToEquatableArray(), origin)
            : null;
    }

    /// <summary>Null where one of them fails; all are evaluated, so that all problems are reported at once.</summary>
    private Dictionary<string, Value>? EvaluateAll(EquatableArray<Assignment> assignments, Scope scope)
    {
        var values = new Dictionary<string, Value>();
        foreach (var assignment in assignments)
        {
            if (Evaluate(assignment.Value, scope) is { } value)
            {
                values[assignment.Name] = value;
            }
        }

        return values.Count == assignments.Count ? values : null;
    }
}
