using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace DetectorDsl.Hosting.Trainers;

/// <summary>Options of a trainer: typed, checked against their range, with the declared value as default. Numbers are read and shown with a decimal point everywhere.</summary>
public static class TrainerOptions
{
    /// <summary>A real number.</summary>
    /// <param name="name">Name on the command line, such as <c>--learning-rate</c>; the dashes may be left out.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="value">Value without the option.</param>
    /// <param name="min">Lower bound.</param>
    /// <param name="max">Upper bound.</param>
    /// <param name="minExclusive">Whether the lower bound itself is refused.</param>
    /// <param name="maxExclusive">Whether the upper bound itself is refused.</param>
    /// <returns>The option.</returns>
    public static Option<double> Real(
        string name,
        string help,
        double value,
        double min = double.MinValue,
        double max = double.MaxValue,
        bool minExclusive = false,
        bool maxExclusive = false
    )
    {
        var range = Range(min, max, min != double.MinValue, max != double.MaxValue, minExclusive, maxExclusive);
        return Create(name, help, range, value, "number", token =>
            double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && IsWithin(number, min, max, minExclusive, maxExclusive)
                ? (number, null)
                : (value, Wanted("a number", range))
        );
    }

    /// <summary>A whole number.</summary>
    /// <param name="name">Name on the command line; the dashes may be left out.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="value">Value without the option.</param>
    /// <param name="min">Lower bound.</param>
    /// <param name="max">Upper bound.</param>
    /// <param name="minExclusive">Whether the lower bound itself is refused.</param>
    /// <param name="maxExclusive">Whether the upper bound itself is refused.</param>
    /// <returns>The option.</returns>
    public static Option<int> Integer(
        string name,
        string help,
        int value,
        int min = int.MinValue,
        int max = int.MaxValue,
        bool minExclusive = false,
        bool maxExclusive = false
    )
    {
        var range = Range(min, max, min != int.MinValue, max != int.MaxValue, minExclusive, maxExclusive);
        return Create(name, help, range, value, "integer", token =>
            int.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && IsWithin(number, min, max, minExclusive, maxExclusive)
                ? (number, null)
                : (value, Wanted("a whole number", range))
        );
    }

    /// <summary>A whole number of another type than <see cref="int" />.</summary>
    /// <typeparam name="T">The type, such as <see cref="long" />.</typeparam>
    /// <param name="name">Name on the command line; the dashes may be left out.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="value">Value without the option.</param>
    /// <param name="min">Lower bound; null (default): the least number of the type.</param>
    /// <param name="max">Upper bound; null (default): the greatest number of the type.</param>
    /// <param name="minExclusive">Whether the lower bound itself is refused.</param>
    /// <param name="maxExclusive">Whether the upper bound itself is refused.</param>
    /// <returns>The option.</returns>
    public static Option<T> Whole<T>(
        string name,
        string help,
        T value,
        T? min = null,
        T? max = null,
        bool minExclusive = false,
        bool maxExclusive = false
    )
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var (least, most) = (min ?? T.MinValue, max ?? T.MaxValue);
        var range = Range(least, most, min is not null, max is not null, minExclusive, maxExclusive);
        return Create(name, help, range, value, "integer", token =>
            T.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && IsWithin(number, least, most, minExclusive, maxExclusive)
                ? (number, null)
                : (value, Wanted("a whole number", range))
        );
    }

    /// <summary>A real number of single precision.</summary>
    /// <param name="name">Name on the command line; the dashes may be left out.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="value">Value without the option.</param>
    /// <param name="min">Lower bound.</param>
    /// <param name="max">Upper bound.</param>
    /// <param name="minExclusive">Whether the lower bound itself is refused.</param>
    /// <param name="maxExclusive">Whether the upper bound itself is refused.</param>
    /// <returns>The option.</returns>
    public static Option<float> Single(
        string name,
        string help,
        float value,
        float min = float.MinValue,
        float max = float.MaxValue,
        bool minExclusive = false,
        bool maxExclusive = false
    )
    {
        var range = Range(min, max, min != float.MinValue, max != float.MaxValue, minExclusive, maxExclusive);
        return Create(name, help, range, value, "number", token =>
            float.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && IsWithin(number, min, max, minExclusive, maxExclusive)
                ? (number, null)
                : (value, Wanted("a number", range))
        );
    }

    /// <summary>Real numbers with commas between them.</summary>
    /// <param name="name">Name on the command line; the dashes may be left out.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="value">Values without the option.</param>
    /// <param name="min">Lower bound of each.</param>
    /// <param name="max">Upper bound of each.</param>
    /// <param name="minExclusive">Whether the lower bound itself is refused.</param>
    /// <param name="maxExclusive">Whether the upper bound itself is refused.</param>
    /// <returns>The option.</returns>
    public static Option<ImmutableArray<double>> Reals(
        string name,
        string help,
        ImmutableArray<double> value,
        double min = double.MinValue,
        double max = double.MaxValue,
        bool minExclusive = false,
        bool maxExclusive = false
    )
    {
        var range = Range(min, max, min != double.MinValue, max != double.MaxValue, minExclusive, maxExclusive);
        return Create(name, help, range, value, "number,number", token =>
        {
            var numbers = ImmutableArray.CreateBuilder<double>();
            foreach (var part in token.Split(','))
            {
                if (
                    !double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    || !IsWithin(number, min, max, minExclusive, maxExclusive)
                )
                {
                    return (
                        value,
                        range.Length == 0
                            ? "numbers with commas between them are wanted"
                            : $"numbers with commas between them are wanted, each {range}"
                    );
                }

                numbers.Add(number);
            }

            return (numbers.ToImmutable(), null);
        });
    }

    /// <summary>A switch: <c>--name</c> or <c>--name true</c>, <c>--name false</c>.</summary>
    /// <param name="name">Name on the command line; the dashes may be left out.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="value">Value without the option.</param>
    /// <returns>The option.</returns>
    public static Option<bool> Truth(string name, string help, bool value) =>
        new(Dashed(name))
        {
            Description = $"{help} [default: {(value ? "true" : "false")}]",
            DefaultValueFactory = _ => value,
            HelpName = "true|false",
        };

    /// <summary>A text.</summary>
    /// <param name="name">Name on the command line; the dashes may be left out.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="value">Value without the option.</param>
    /// <returns>The option.</returns>
    public static Option<string> Text(string name, string help, string value) =>
        new(Dashed(name))
        {
            Description = help,
            DefaultValueFactory = _ => value,
            HelpName = "text",
        };

    /// <summary>One of the members of an enum, by name in any case.</summary>
    /// <typeparam name="TEnum">The enum.</typeparam>
    /// <param name="name">Name on the command line; the dashes may be left out.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="value">Value without the option.</param>
    /// <returns>The option.</returns>
    public static Option<TEnum> Choice<TEnum>(string name, string help, TEnum value)
        where TEnum : struct, Enum
    {
        var names = Enum.GetNames<TEnum>();
        var option = Create(name, help, "", value, string.Join("|", names), token =>
            names.Contains(token, StringComparer.OrdinalIgnoreCase) && Enum.TryParse<TEnum>(token, ignoreCase: true, out var member)
                ? (member, null)
                : (value, $"one of {string.Join(", ", names)} is wanted")
        );
        option.CompletionSources.Add(names);
        return option;
    }

    /// <summary>An option's value on a command line.</summary>
    /// <typeparam name="T">Type of the value.</typeparam>
    /// <param name="arguments">The command line.</param>
    /// <param name="option">The option, made by one of these methods.</param>
    /// <returns>What was given; the declared value where nothing was, or where the verb does not offer the option.</returns>
    public static T Value<T>(ParseResult arguments, Option<T> option)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(option);
        return arguments.GetResult(option) is { } result ? result.GetRequiredValue(option) : (T)option.GetDefaultValue()!;
    }

    /// <summary>Numbers as text, with commas between them, in every culture.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <returns>The text, as <see cref="Reals" /> reads it.</returns>
    public static string Joined(ImmutableArray<double> numbers) =>
        string.Join(',', numbers.Select(static number => number.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Values as text that reads back as the same values, in every culture.</summary>
    /// <param name="values">Names and values of options.</param>
    /// <returns>The texts by name.</returns>
    public static ImmutableSortedDictionary<string, string> Texts(ReadOnlySpan<(string Name, IConvertible Value)> values)
    {
        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            texts.Add(name, value.ToString(CultureInfo.InvariantCulture));
        }

        return texts.ToImmutable();
    }

    private static Option<T> Create<T>(
        string name,
        string help,
        string range,
        T value,
        string placeholder,
        Func<string, (T Value, string? Mistake)> read
    ) =>
        new(Dashed(name))
        {
            Description = range.Length == 0 ? help : $"{help} ({range})",
            HelpName = placeholder,
            DefaultValueFactory = _ => value,
            CustomParser = result => Read(result, Dashed(name), read),
        };

    private static T Read<T>(ArgumentResult result, string name, Func<string, (T Value, string? Mistake)> read)
    {
        var token = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        var (value, mistake) = read(token);
        if (mistake is not null)
        {
            result.AddError($"{name} {token}: {mistake}.");
        }

        return value;
    }

    // False for NaN too, which compares with nothing.
    private static bool IsWithin<T>(T number, T min, T max, bool minExclusive, bool maxExclusive)
        where T : IComparisonOperators<T, T, bool> =>
        (minExclusive ? number > min : number >= min) && (maxExclusive ? number < max : number <= max);

    private static string Range<T>(T min, T max, bool hasMin, bool hasMax, bool minExclusive, bool maxExclusive)
    {
        if (hasMin && hasMax && !minExclusive && !maxExclusive)
        {
            return FormattableString.Invariant($"from {min} to {max}");
        }

        var low = hasMin ? FormattableString.Invariant($"{(minExclusive ? "above" : "at least")} {min}") : "";
        var high = hasMax ? FormattableString.Invariant($"{(maxExclusive ? "below" : "at most")} {max}") : "";
        return hasMin && hasMax ? $"{low} and {high}" : low + high;
    }

    private static string Wanted(string kind, string range) => range.Length == 0 ? $"{kind} is wanted" : $"{kind} is wanted, {range}";

    private static string Dashed(string name) => name.StartsWith('-') ? name : $"--{name}";
}
