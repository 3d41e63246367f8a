using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace DetectorDsl.Generators.Tests.Campaign;

/// <summary>Draws declarations from the vocabulary: parts of any kind in any place, values within their bounds, at their bounds, and now and then beyond.</summary>
internal sealed class RandomDeclarations(int seed)
{
    /// <summary>Whole numbers stay below this, so that a model fits into any memory; bounds that cost nothing are reached all the same.</summary>
    private const int LargestCount = 24;

    private static readonly Type[] Components =
    [
        .. typeof(Detector)
            .Assembly.GetExportedTypes()
            .Where(type =>
                !type.IsAbstract && type.GetCustomAttribute<ComponentAttribute>() is not null && !typeof(DataSource).IsAssignableFrom(type)
            ),
    ];

    private static readonly string[] Architectures =
    [
        "MaskRcnn",
        "FasterRcnn",
        "CascadeRcnn",
        "CascadeMaskRcnn",
        "Htc",
        "HtcLite",
        "RetinaNet",
        "Fcos",
        "GuidedAnchoringFasterRcnn",
        "GuidedAnchoringRetinaNet",
        "PisaFasterRcnn",
        "PisaMaskRcnn",
        "PisaRetinaNet",
        "SablFasterRcnn",
        "SablCascadeRcnn",
        "LibraFasterRcnn",
        "CarafeMaskRcnn",
    ];

    private readonly Random random = new(seed);

    /// <summary>The next declaration, an eighth as wide as usual where nothing is drawn.</summary>
    public string Next(string name)
    {
        var architecture = typeof(Detector).Assembly.GetType(
            "DetectorDsl." + Architectures[random.Next(Architectures.Length)],
            throwOnError: true
        )!;
        var slots = architecture
            .GetProperties()
            .Where(slot =>
                slot is { Name: not ("Data" or "Augmentations" or "Backbone") }
                && slot.PropertyType.GetCustomAttribute<ComponentAttribute>() is not null
                && Chance(0.3)
            );
        var members = slots.Select(slot =>
            $"public override {slot.PropertyType.Name}{(slot.Name == "Data" ? "?" : "")} {slot.Name} => {Component(slot.PropertyType, 0)};"
        );
        return $$"""
            [Detector, Categories(typeof(Colours))]
            public partial record {{name}} : {{architecture.Name}}
            {
                public override Backbone Backbone => new ResNet({{(Chance(0.5) ? 18 : 50)}}) { BaseChannels = 8{{(
                Chance(0.3) ? ", Norm = " + Component(typeof(Normalization), 0) : ""
            )}} };
                public override ValueList<Augmentation> Augmentations => [new Resize([64], 96){{string.Concat(
                Enumerable.Range(0, random.Next(3)).Select(_ => ", " + Component(typeof(Augmentation), 0))
            )}}];
                {{string.Join("\n    ", members)}}
            }

            """;
    }

    private bool Chance(double share) => random.NextDouble() < share;

    private string Component(Type kind, int depth)
    {
        var fitting = Components.Where(kind.IsAssignableFrom).ToList();
        var type = fitting[random.Next(fitting.Count)];
        var constructor = type.GetConstructors()
            .OrderByDescending(candidate => candidate.GetParameters().Length)
            .First(candidate => candidate.GetParameters() is not [var only] || only.ParameterType != type);
        var arguments = constructor
            .GetParameters()
            .Where(parameter => !parameter.HasDefaultValue || Chance(0.4))
            .Select(parameter =>
                $"{parameter.Name}: {Value(parameter.ParameterType, AttributesOf(type, parameter.Name!), parameter.DefaultValue, depth)}"
            );
        var initializers = type.GetProperties()
            .Where(property =>
                property.CanWrite
                && constructor.GetParameters().All(parameter => parameter.Name != property.Name)
                && property.Name is not ("InitialWeights" or "TrainOnly" or "LoaderThreads")
                && Chance(depth > 2 ? 0.1 : 0.35)
            )
            .Select(property => $"{property.Name} = {Value(property.PropertyType, AttributesOf(type, property.Name), null, depth)}");
        return $"new {type.Name}({string.Join(", ", arguments)}) {{ {string.Join(", ", initializers)} }}";
    }

    /// <summary>What is stated of a property, there or at the parameter that makes it, which may be a base's.</summary>
    private static IEnumerable<Attribute> AttributesOf(Type type, string name)
    {
        foreach (var attribute in type.GetProperty(name)?.GetCustomAttributes() ?? [])
        {
            yield return attribute;
        }
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (
                var attribute in current
                    .GetConstructors()
                    .SelectMany(constructor => constructor.GetParameters())
                    .Where(parameter => parameter.Name == name)
                    .SelectMany(parameter => parameter.GetCustomAttributes())
            )
            {
                yield return attribute;
            }
        }
    }

    private string Value(Type type, IEnumerable<Attribute> attributes, object? usual, int depth)
    {
        var stated = attributes.ToList();
        if (stated.OfType<AllowedValuesAttribute>().FirstOrDefault() is { } allowed && Chance(0.97))
        {
            return Convert.ToString(allowed.Values[random.Next(allowed.Values.Length)], CultureInfo.InvariantCulture)!;
        }
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Chance(0.3) ? "null" : Value(inner, stated, usual, depth);
        }
        if (type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type))
        {
            return List(type.GetGenericArguments()[0], stated, depth);
        }
        if (type.IsEnum)
        {
            return $"{type.Name}.{Enum.GetNames(type)[random.Next(Enum.GetNames(type).Length)]}";
        }
        if (type == typeof(bool))
        {
            return Chance(0.5) ? "true" : "false";
        }
        if (type == typeof(string))
        {
            return "\"neck\"";
        }
        var range = stated.OfType<RangeAttribute>().FirstOrDefault();
        return type == typeof(int) ? Whole(range)
            : type == typeof(double) ? Real(range)
            : Component(type, depth + 1);
    }

    private string List(Type item, List<Attribute> stated, int depth)
    {
        var least = stated.OfType<LengthAttribute>().FirstOrDefault()?.MinimumLength
            ?? stated.OfType<MinLengthAttribute>().FirstOrDefault()?.Length
            ?? 0;
        var most = stated.OfType<LengthAttribute>().FirstOrDefault()?.MaximumLength ?? 3;
        var count = Chance(0.03) ? 0 : Math.Max(least, random.Next(Math.Min(most, 3) + 1));
        var items = Enumerable
            .Range(0, count)
            .Select(_ => Value(item, stated.Where(attribute => attribute is RangeAttribute), null, depth + 1))
            .ToList();
        // What is no number, such as double.NaN, has no place in an order.
        if (
            stated.OfType<AscendingAttribute>().Any()
            && Chance(0.9)
            && items.All(text => double.TryParse(text, CultureInfo.InvariantCulture, out _))
        )
        {
            items = [.. items.OrderBy(text => double.Parse(text, CultureInfo.InvariantCulture))];
        }
        return $"[{string.Join(", ", items)}]";
    }

    private string Whole(RangeAttribute? range)
    {
        var (least, most) = ((int)range!.Minimum, (int)range.Maximum);
        var largest = (int)Math.Min(most, Math.Max(least, 0L) + LargestCount);
        return (
            Chance(0.02) && least > int.MinValue ? least - 1
            : Chance(0.15) ? least
            : random.Next(least, largest + 1)
        ).ToString(CultureInfo.InvariantCulture);
    }

    private string Real(RangeAttribute? range)
    {
        var (least, most) = (
            Convert.ToDouble(range!.Minimum, CultureInfo.InvariantCulture),
            Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture)
        );
        var value = random.Next(20) switch
        {
            0 => least,
            1 => most,
            2 => range.MinimumIsExclusive ? least + 1e-9 : least,
            3 => least - 0.5,
            4 => double.NaN,
            _ => least + (random.NextDouble() * (Math.Min(most, least + 4) - least)),
        };
        return double.IsNaN(value) ? "double.NaN"
            : value.ToString("R", CultureInfo.InvariantCulture) is var text && text.Contains('.', StringComparison.Ordinal)
            || value.ToString("R", CultureInfo.InvariantCulture).Contains('E', StringComparison.Ordinal)
                ? value.ToString("R", CultureInfo.InvariantCulture)
            : value.ToString("R", CultureInfo.InvariantCulture) + ".0";
    }
}
