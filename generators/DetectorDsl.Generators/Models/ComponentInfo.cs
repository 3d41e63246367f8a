using System.Globalization;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Models;

/// <summary>What is known of a component's type beside its values.</summary>
internal sealed record ComponentInfo
{
    /// <summary>Full metadata name.</summary>
    public required string TypeName { get; init; }

    /// <summary>Full metadata names of the bases, nearest first.</summary>
    public required EquatableArray<string> BaseTypes { get; init; }

    /// <summary>First sentence of the type's documentation; empty where there is none.</summary>
    public required string Summary { get; init; }

    /// <summary>Properties in order, the base's first.</summary>
    public required EquatableArray<PropertyInfo> Properties { get; init; }

    /// <summary>The class that does the work, for a component of the user's own.</summary>
    public required ModuleInfo? Module { get; init; }

    /// <summary>Output levels stated for a backbone or neck of the user's own.</summary>
    public required OutputLevelsInfo? OutputLevels { get; init; }

    /// <summary>Terms of a loss.</summary>
    public required EquatableArray<string> LossTerms { get; init; }

    /// <summary>Logits of a classification loss beyond one for each class.</summary>
    public required LogitsInfo? Logits { get; init; }

    /// <summary>What a classification loss needs of a run.</summary>
    public required LossNeedsInfo? LossNeeds { get; init; }

    public string Name => TypeName.Substring(TypeName.LastIndexOf('.') + 1);

    public bool Is(string typeName) => TypeName == typeName || BaseTypes.Contains(typeName);
}

/// <summary>A component's property: whether it is an option of the trainer, its documentation, what it can hold.</summary>
internal sealed record PropertyInfo(string Name, string Summary, bool IsTrainerOption, RangeInfo? Range)
{
    /// <summary>Whether a run may be resumed with another value of the option.</summary>
    public bool MayChange { get; init; }

    /// <summary>Whether what a loss's logits mean depends on it.</summary>
    public bool ArrangesLogits { get; init; }

    /// <summary>Type.</summary>
    public required PropertyType Type { get; init; }

    /// <summary>The only values allowed, as text (invariant); empty where every value is.</summary>
    public EquatableArray<string> AllowedValues { get; init; } = [];

    /// <summary>Bounds of a list's or text's length.</summary>
    public LengthInfo? Length { get; init; }

    /// <summary>Whether the numbers of a list rise.</summary>
    public bool IsAscending { get; init; }

    /// <summary>The property whose number this one is not above; empty for none.</summary>
    public string AtMost { get; init; } = "";
}

/// <summary>Bounds of a length, inclusive.</summary>
internal sealed record LengthInfo(int Minimum, int Maximum)
{
    /// <summary>The bounds as messages state them, for example <c>exactly 3</c>.</summary>
    public string Words =>
        Minimum == Maximum ? $"exactly {Minimum}"
        : Maximum == int.MaxValue ? $"at least {Minimum}"
        : Minimum == 0 ? $"at most {Maximum}"
        : $"{Minimum} to {Maximum}";
}

/// <summary>Bounds of a number, inclusive unless said otherwise.</summary>
internal sealed record RangeInfo(double Minimum, double Maximum, bool MinimumIsExclusive, bool MaximumIsExclusive)
{
    /// <summary>The range as messages state it, for example <c>above 0 and at most 1</c>.</summary>
    public string Words
    {
        get
        {
            var minimum = Minimum.ToString("R", CultureInfo.InvariantCulture);
            var maximum = Maximum.ToString("R", CultureInfo.InvariantCulture);
            return $"{(MinimumIsExclusive ? "above" : "at least")} {minimum} and {(MaximumIsExclusive ? "below" : "at most")} {maximum}";
        }
    }

    /// <summary>Never true of a number that is none.</summary>
    public bool Contains(double number) =>
        (MinimumIsExclusive ? number > Minimum : number >= Minimum) && (MaximumIsExclusive ? number < Maximum : number <= Maximum);
}

/// <summary>The class named by [Module]: how to write it and what its constructor asks for.</summary>
internal sealed record ModuleInfo(string GlobalName, EquatableArray<ModuleParameter> Parameters)
{
    /// <summary>Whether other assemblies see it. A published component's module is public, so this is not published.</summary>
    public bool IsPublic { get; init; } = true;
}

/// <summary>A parameter of a module's constructor; the type as C# text, for example <c>int</c>.</summary>
internal sealed record ModuleParameter(string Name, string Type, bool HasDefault);

/// <summary>What [OutputLevels] states; a name stands for the property that holds the numbers.</summary>
internal sealed record OutputLevelsInfo(
    EquatableArray<int> Channels,
    string? ChannelsFrom,
    EquatableArray<int> Strides,
    string? StridesFrom
);

/// <summary>What [LossNeeds] states.</summary>
internal sealed record LossNeedsInfo(bool ClassFrequencies, bool StepSeed, bool Objects);

/// <summary>What [Logits] states.</summary>
internal sealed record LogitsInfo(int Extra, bool Dense, bool PerRegion);
