using System.Globalization;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Models;

/// <summary>A folded value of a declaration, with the place it was written at.</summary>
internal abstract record Value(Origin Origin)
{
    /// <summary>The value as messages and lists of allowed values write it, in no one's culture.</summary>
    public abstract string Display { get; }
}

/// <summary>A whole number.</summary>
internal sealed record IntegerValue(long Number, Origin Origin) : Value(Origin)
{
    public override string Display => Number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A floating-point number.</summary>
internal sealed record RealValue(double Number, Origin Origin) : Value(Origin)
{
    public override string Display => Number.ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>A truth value.</summary>
internal sealed record BooleanValue(bool Truth, Origin Origin) : Value(Origin)
{
    public override string Display => Truth ? "true" : "false";
}

/// <summary>A text.</summary>
internal sealed record TextValue(string Text, Origin Origin) : Value(Origin)
{
    public override string Display => $"\"{Text}\"";
}

/// <summary>A member of an enum of the vocabulary or of the user's.</summary>
internal sealed record EnumValue(string TypeName, string Member, Origin Origin) : Value(Origin)
{
    public override string Display => Member;
}

/// <summary>Nothing, for a part that may be absent.</summary>
internal sealed record NullValue(Origin Origin) : Value(Origin)
{
    public override string Display => "null";
}

/// <summary>A list.</summary>
internal sealed record ListValue(EquatableArray<Value> Items, Origin Origin) : Value(Origin)
{
    public override string Display => $"[{string.Join(", ", Items.Select(item => item.Display))}]";
}

/// <summary>A component record with all its properties, defaults filled in.</summary>
internal sealed record ComponentValue(ComponentInfo Info, EquatableArray<PropertyValue> Properties, Origin Origin) : Value(Origin)
{
    public string TypeName => Info.TypeName;

    public string Name => Info.Name;

    public override string Display => Name;

    public Value this[string property] => Properties.First(candidate => candidate.Name == property).Value;

    public bool IsNull(string property) => this[property] is NullValue;

    public int Integer(string property) => (int)((IntegerValue)this[property]).Number;

    public double Real(string property) => this[property] is IntegerValue whole ? whole.Number : ((RealValue)this[property]).Number;

    public bool Truth(string property) => ((BooleanValue)this[property]).Truth;

    public string Text(string property) => ((TextValue)this[property]).Text;

    public string Choice(string property) => ((EnumValue)this[property]).Member;

    public ComponentValue Component(string property) => (ComponentValue)this[property];

    public EquatableArray<Value> List(string property) => ((ListValue)this[property]).Items;

    public EquatableArray<int> Integers(string property) =>
        List(property).Select(item => (int)((IntegerValue)item).Number).ToEquatableArray();

    public EquatableArray<double> Reals(string property) =>
        List(property).Select(item => item is IntegerValue whole ? whole.Number : ((RealValue)item).Number).ToEquatableArray();
}

/// <summary>A property and its value.</summary>
internal sealed record PropertyValue(string Name, Value Value);
