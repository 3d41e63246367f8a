using System.Reflection;
using System.Text.RegularExpressions;
using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Tests.Helpers;
using Microsoft.CodeAnalysis;
using Xunit;

namespace DetectorDsl.Generators.Tests.Diagnostics;

/// <summary>Ids, descriptors, release files and documentation say the same.</summary>
public class DocumentationTests
{
    private static readonly string Docs = File.ReadAllText(Repository.Path("docs/diagnostics.md"));

    private static readonly IReadOnlyDictionary<string, string> Ids = typeof(DiagnosticIds)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .ToDictionary(field => (string)field.GetRawConstantValue()!, field => field.Name);

    private static readonly IReadOnlyList<string> TestSources =
    [
        .. Directory
            .GetFiles(Repository.Path("tests/DetectorDsl.Generators.Tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText),
    ];

    public static TheoryData<string> AllIds => [.. DescriptorCatalog.All.Select(descriptor => descriptor.Id)];

    [Fact]
    public void IdsAscend_NamedByNumberAndMeaning_EachWithADescriptor()
    {
        Assert.Equal(Ids.Keys.Order(StringComparer.Ordinal), Ids.Keys);
        Assert.Equal(Ids.Keys, DescriptorCatalog.All.Select(descriptor => descriptor.Id));
        Assert.All(Ids, id => Assert.Matches($"^{id.Key}(?<=^DDSL[0-9]{{4}})[A-Z][A-Za-z]+$", id.Value));
    }

    [Fact]
    public void TheReleaseFiles_HoldEveryId_WithItsCategoryAndSeverity()
    {
        var rows = new[] { "AnalyzerReleases.Shipped.md", "AnalyzerReleases.Unshipped.md" }
            .SelectMany(file => File.ReadLines(Repository.Path($"generators/DetectorDsl.Generators/{file}")))
            .Where(line => line.StartsWith("DDSL", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        Assert.Equal(DescriptorCatalog.All.Select(d => $"{d.Id} | {d.Category} | {d.DefaultSeverity} | {d.Title}"), rows);
    }

    [Fact]
    public void TheTableOfTheDocumentation_HoldsEveryId()
    {
        var rows = Docs.Split('\n').Where(line => line.StartsWith("| [DDSL", StringComparison.Ordinal));
        Assert.Equal(
            DescriptorCatalog.All.Select(d =>
                $"| [{d.Id}](#{d.Id.ToLowerInvariant()}) | {d.DefaultSeverity.ToString().ToLowerInvariant()} | {d.Title} |"
            ),
            rows
        );
    }

    [Fact]
    public void TheDocumentation_HasASectionForEveryIdAndNoOther() =>
        Assert.Equal(
            DescriptorCatalog.All.Select(d => d.Id),
            Regex.Matches(Docs, "^## (.*)$", RegexOptions.Multiline).Select(match => match.Groups[1].Value)
        );

    [Theory]
    [MemberData(nameof(AllIds))]
    public void ASection_HoldsTitle_Cause_Example_Repair(string id)
    {
        var descriptor = DescriptorCatalog.Get(id);
        Assert.Equal($"{Descriptors.Help}{id.ToLowerInvariant()}", descriptor.HelpLinkUri);
        Assert.True(Uri.TryCreate(descriptor.HelpLinkUri, UriKind.Absolute, out _));

        var section = Regex.Match(Docs, $@"^## {id}\n(.*?)(?=^## |\z)", RegexOptions.Multiline | RegexOptions.Singleline).Groups[1].Value;
        Assert.StartsWith($"\n**{descriptor.Title}**\n\n", section, StringComparison.Ordinal);
        var parts = Regex.Split(section, "^Repair:.*$", RegexOptions.Multiline);
        Assert.Equal(2, parts.Length);
        Assert.Matches(@"[.!]\n\n```", parts[0]);
        Assert.All(parts, part => Assert.Equal(2, Regex.Count(part, "^```", RegexOptions.Multiline)));
    }

    /// <summary>A mark in a source, by itself or as a theory's argument. The generator's own faults cannot be declared.</summary>
    [Theory]
    [MemberData(nameof(AllIds))]
    public void EachDiagnostic_HasATestThatMarksItsPlace(string id) =>
        Assert.True(
            id == DiagnosticIds.DDSL0034InternalError
                || TestSources.Any(source =>
                    source.Contains($"{{|{id}:", StringComparison.Ordinal) || source.Contains($"\"{id}\")]", StringComparison.Ordinal)
                )
        );

    [Theory]
    [MemberData(nameof(AllIds))]
    public void AMessage_SaysMoreThanItsTitle_AndFillsEveryPlace(string id)
    {
        var problem = typeof(Problems)
            .GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Single(method => Ids[id].EndsWith(method.Name, StringComparison.Ordinal) && Ids[id] == id + method.Name);
        var arguments = problem
            .GetParameters()
            .Select(
                (parameter, i) =>
                    parameter.ParameterType == typeof(string) ? $"<argument {i}>"
                    : parameter.ParameterType == typeof(int) ? 1000 + i
                    : (object)new Generators.Models.Origin("T", "M", 0)
            )
            .ToArray();

        var diagnostic = ((Generators.Models.Problem)problem.Invoke(null, arguments)!).ToDiagnostic(Location.None);

        Assert.Equal(id, diagnostic.Id);
        var message = diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture);
        Assert.DoesNotMatch(@"\{\d\}", message);
        Assert.All(arguments.Skip(1), argument => Assert.Contains(argument.ToString()!, message, StringComparison.Ordinal));
    }
}
