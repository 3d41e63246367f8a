using System.Globalization;
using System.Text;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;

namespace DetectorDsl.Generators.Categories;

/// <summary>Works out the text of a category set's members.</summary>
internal static class CategorySetPlanner
{
    public static CategorySetPlan Plan(CategorySetResult result)
    {
        var target = result.Target;
        var categories = result.Spec?.Categories ?? [];
        return new CategorySetPlan
        {
            Namespace = CSharpLiteral.Path(target.Namespace),
            HasNamespace = target.Namespace.Length > 0,
            Name = CSharpLiteral.Identifier(target.Name),
            File = XmlText.Escape(target.File),
            Count = CSharpLiteral.Of(categories.Count),
            Classes = categories.Select(static (category, label) => Plan(category, label)).ToEquatableArray(),
            IsPublished = result.Spec is not null,
            TypeNameLiteral = CSharpLiteral.Of(target.TypeName),
            FormatVersion = CSharpLiteral.Of(CategorySetText.FormatVersion),
            SpecLiteral = CSharpLiteral.Of(CategorySetText.Write(categories)),
        };
    }

    private static ClassPlan Plan(CategorySpec category, int label) =>
        new(
            CSharpLiteral.Identifier(category.EnumMember),
            CSharpLiteral.Of(label),
            Summary(category),
            $"new({CSharpLiteral.Of(category.Id)}, {CSharpLiteral.Of(category.Name)}, {CSharpLiteral.OfEnum("DetectorDsl.CategoryFrequencyGroup", category.Frequency)}, {CSharpLiteral.Of(category.ImageCount)}, {CSharpLiteral.Of(category.InstanceCount)})"
        );

    private static string Summary(CategorySpec category)
    {
        var summary = new StringBuilder($"<c>{XmlText.Escape(category.Name)}</c>, id {CSharpLiteral.Of(category.Id)}");
        if (category.Frequency != CategoryListReader.UnknownFrequency)
        {
            summary.Append(", ").Append(category.Frequency.ToLowerInvariant());
        }
        if (category.ImageCount >= 0)
        {
            summary.Append(", ").Append(Count(category.ImageCount, "image"));
        }
        if (category.InstanceCount >= 0)
        {
            summary.Append(", ").Append(Count(category.InstanceCount, "instance"));
        }
        return summary.Append('.').ToString();
    }

    private static string Count(int number, string noun) =>
        number.ToString("N0", CultureInfo.InvariantCulture) + " " + noun + (number == 1 ? "" : "s");
}
