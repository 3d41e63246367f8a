using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Xunit;

namespace DetectorDsl.Generators.Tests.Resolving;

/// <summary>What the vocabulary states of its values.</summary>
public class VocabularyBoundsTests
{
    private static readonly Type[] Numbers =
    [
        typeof(int),
        typeof(double),
        typeof(int?),
        typeof(double?),
        typeof(ValueList<int>),
        typeof(ValueList<double>),
    ];

    private static readonly IReadOnlyList<PropertyInfo> Properties =
    [
        .. typeof(Detector)
            .Assembly.GetExportedTypes()
            .Where(type => type.GetCustomAttribute<ComponentAttribute>() is not null)
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(property => property.CanWrite),
    ];

    [Fact]
    public void EveryNumber_HasBounds() =>
        Assert.Empty(
            Properties
                .Where(property =>
                    Numbers.Contains(property.PropertyType) && !Has<RangeAttribute>(property) && !Has<AllowedValuesAttribute>(property)
                )
                .Select(property => $"{property.DeclaringType!.Name}.{property.Name}")
        );

    [Fact]
    public void EveryTextThatNamesAFile_IsNotEmpty() =>
        Assert.Empty(
            Properties
                .Where(property => property.PropertyType == typeof(string) && !Has<MinLengthAttribute>(property))
                .Select(property => $"{property.DeclaringType!.Name}.{property.Name}")
        );

    /// <summary>A name that is written wrongly bounds nothing.</summary>
    [Fact]
    public void EveryBoundByAnother_NamesANumberBeside() =>
        Assert.All(Properties.SelectMany(property => All<AtMostAttribute>(property), (property, bound) => (property, bound)), item =>
            Assert.Equal(item.property.PropertyType, item.property.DeclaringType!.GetProperty(item.bound.Other)?.PropertyType)
        );

    /// <summary>A name of this form says that there is another end.</summary>
    [Fact]
    public void EveryLowerEnd_IsBoundByItsUpperEnd() =>
        Assert.Empty(
            Properties
                .Where(property =>
                    property.Name.StartsWith("Min", StringComparison.Ordinal)
                    && property.DeclaringType!.GetProperty("Max" + property.Name[3..]) is not null
                    && !Has<AtMostAttribute>(property)
                )
                .Select(property => $"{property.DeclaringType!.Name}.{property.Name}")
        );

    private static bool Has<T>(PropertyInfo property)
        where T : Attribute => All<T>(property).Any();

    /// <summary>Attributes of the property, and of the parameter that makes it.</summary>
    private static IEnumerable<T> All<T>(PropertyInfo property)
        where T : Attribute =>
        property
            .GetCustomAttributes<T>()
            .Concat(
                property
                    .DeclaringType!.GetConstructors()
                    .SelectMany(constructor => constructor.GetParameters())
                    .Where(parameter => parameter.Name == property.Name)
                    .SelectMany(parameter => parameter.GetCustomAttributes<T>())
            );
}
