using Microsoft.CodeAnalysis;
using Xunit;

namespace DetectorDsl.Generators.Tests.Helpers;

/// <summary>What holds for every run of the generator.</summary>
internal static class RunChecks
{
    /// <summary>Steps that Roslyn names itself; what they yield is the compilation's, not ours.</summary>
    private static readonly HashSet<string> OfRoslyn =
    [
        WellKnownGeneratorInputs.Compilation,
        WellKnownGeneratorInputs.ParseOptions,
        WellKnownGeneratorInputs.AdditionalTexts,
        WellKnownGeneratorInputs.AnalyzerConfigOptions,
        WellKnownGeneratorInputs.MetadataReferences,
    ];

    /// <summary>Each diagnostic, the compiler's own among them, is marked at its place, and each mark has its diagnostic.</summary>
    public static void DiagnosticsAreThoseMarked(GeneratorRun run, IReadOnlyList<Markup> sources)
    {
        var expected = sources.SelectMany(
            (source, i) =>
                source.Marks.Select(mark =>
                    $"{GeneratorTest.PathOf(i)} {mark.Span} {mark.Id} '{source.Text.Substring(mark.Span.Start, mark.Span.Length)}'"
                )
        );
        var found = run.Result.Diagnostics.Concat(run.Output.GetDiagnostics()).Where(IsOfInterest).ToList();
        var actual = found.Select(Describe);

        var differences = expected
            .Except(actual)
            .Select(missing => $"missing:    {missing}")
            .Concat(
                found
                    .Where(diagnostic => !expected.Contains(Describe(diagnostic)))
                    .Select(diagnostic =>
                        $"unexpected: {Describe(diagnostic)}: {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}"
                    )
            )
            .ToList();
        Assert.True(
            differences.Count == 0,
            string.Join(
                "\n",
                [
                    .. differences,
                    .. differences.Any(line => line.Contains(".g.cs", StringComparison.Ordinal)) ? [run.AllText] : Array.Empty<string>(),
                ]
            )
        );
        Assert.Equal(expected.Count(), found.Count);
    }

    public static void LineEndsAreLineFeeds(GeneratorRun run) => Assert.All(run.FileNames, name =>
        {
            Assert.DoesNotContain('\r', run[name]);
            Assert.EndsWith("\n", run[name], StringComparison.Ordinal);
        });

    /// <summary>A second run, after a source without any declaration has come and has changed, takes over every value of every stage.</summary>
    public static void AnUnrelatedEditRendersNothing(GeneratorRun run)
    {
        var second = run.Add("internal static class UnrelatedToAll { public const int Value = 1; }")
            .Edit("const int Value = 1", "const int Value = 2");
        Assert.Equal(run.AllText, second.AllText);
        foreach (var (stage, steps) in second.Result.TrackedSteps)
        {
            if (OfRoslyn.Contains(stage) || stage.Contains("ForAttribute", StringComparison.Ordinal))
            {
                continue;
            }
            Assert.All(steps.SelectMany(step => step.Outputs), output =>
                Assert.True(IsTakenOver(output.Reason), $"{stage}: {output.Reason}: {output.Value}")
            );
        }

        Assert.All(second.Result.TrackedOutputSteps.SelectMany(steps => steps.Value).SelectMany(step => step.Outputs), output =>
            Assert.True(IsTakenOver(output.Reason), $"output: {output.Reason}")
        );
    }

    private static bool IsTakenOver(IncrementalStepRunReason reason) =>
        reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged;

    /// <summary>Missing doc comments and idle using directives (which are hidden) matter in generated code alone, where a user cannot mend them.</summary>
    private static bool IsOfInterest(Diagnostic diagnostic) =>
        !diagnostic.IsSuppressed
        && diagnostic.Id switch
        {
            "CS1591" or "CS8019" => PathOf(diagnostic).EndsWith(".g.cs", StringComparison.Ordinal),
            _ => diagnostic.Severity >= DiagnosticSeverity.Warning,
        };

    private static string Describe(Diagnostic diagnostic)
    {
        var text = diagnostic.Location.SourceTree?.GetText().ToString(diagnostic.Location.SourceSpan);
        return $"{Path.GetFileName(PathOf(diagnostic))} {diagnostic.Location.SourceSpan} {diagnostic.Id} '{text}'";
    }

    private static string PathOf(Diagnostic diagnostic) => diagnostic.Location.GetLineSpan().Path ?? "";
}
