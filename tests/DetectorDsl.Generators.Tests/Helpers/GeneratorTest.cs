using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace DetectorDsl.Generators.Tests.Helpers;

/// <summary>
/// A compilation to run the generator on. <see cref="Run" /> checks what holds for every run: exactly the marked diagnostics, output that
/// compiles without warnings or idle using directives, no carriage return, nothing rendered again after an unrelated edit, the same output in every culture asked for.
/// </summary>
internal sealed record GeneratorTest
{
    /// <summary>References to an older framework; the SDK's projects do not show them either.</summary>
    private static readonly Dictionary<string, ReportDiagnostic> OffInTheSdk = new()
    {
        ["CS1701"] = ReportDiagnostic.Suppress,
        ["CS1702"] = ReportDiagnostic.Suppress,
    };

    private IReadOnlyList<string> Sources { get; init; } = [];

    private IReadOnlyList<AdditionalText> Files { get; init; } = [];

    private IReadOnlyList<MetadataReference> Referenced { get; init; } = References.Vocabulary;

    private IReadOnlyList<string> Cultures { get; init; } = [];

    /// <summary>C# 14 by the name that it has in the Roslyn that is referenced.</summary>
    private LanguageVersion Language { get; init; } = LanguageVersion.Preview;

    private string Assembly { get; init; } = "Test";

    private OutputKind Kind { get; init; } = OutputKind.DynamicallyLinkedLibrary;

    /// <summary>A test of one or more sources, with marks (<see cref="Markup" />).</summary>
    public static GeneratorTest Of(params IReadOnlyList<string> sources) => new() { Sources = sources };

    /// <summary>Adds an additional file.</summary>
    public GeneratorTest WithFile(string path, string? text) => WithFile(new MemoryText(path, text));

    /// <inheritdoc cref="WithFile(string, string)" />
    public GeneratorTest WithFile(AdditionalText file) => this with { Files = [.. Files, file] };

    /// <summary>Adds the runtime and all that comes with it.</summary>
    public GeneratorTest WithRuntime() => WithReferences([.. References.Runtime]);

    public GeneratorTest WithReferences(params IReadOnlyList<MetadataReference> references) =>
        this with
        {
            Referenced = [.. Referenced, .. references],
        };

    public GeneratorTest WithAssemblyName(string name) => this with { Assembly = name };

    /// <summary>Compiles as an older C#.</summary>
    public GeneratorTest WithLanguage(LanguageVersion version) => this with { Language = version };

    /// <summary>Compiles a program instead of a library.</summary>
    public GeneratorTest AsProgram() => this with { Kind = OutputKind.ConsoleApplication };

    /// <summary>Runs in these cultures, too; Swedish writes a minus sign of its own, German a decimal comma.</summary>
    public GeneratorTest InCultures(params IReadOnlyList<string> names) => this with { Cultures = names };

    /// <summary>Runs and checks.</summary>
    public GeneratorRun Run()
    {
        var sources = Sources.Select(Markup.Parse).ToList();
        var run = GeneratorRun.Start(Compile(sources), Files);

        Assert.Null(run.Result.Exception);
        RunChecks.DiagnosticsAreThoseMarked(run, sources);
        RunChecks.LineEndsAreLineFeeds(run);
        RunChecks.AnUnrelatedEditRendersNothing(run);
        foreach (var culture in Cultures)
        {
            Assert.Equal(run.AllText, InCulture(culture, () => GeneratorRun.Start(Compile(sources), Files)).AllText);
        }
        return run;
    }

    /// <summary>Runs without the checks, for tests of the runs to come and of faulty code; still, the generator must not fail.</summary>
    public GeneratorRun RunUnchecked()
    {
        var run = GeneratorRun.Start(Compile([.. Sources.Select(Markup.Parse)]), Files);
        Assert.Null(run.Result.Exception);
        return run;
    }

    /// <summary>What another project sees of these sources where nobody ran the generator on them.</summary>
    public MetadataReference CompileWithoutGenerator()
    {
        using var stream = new MemoryStream();
        var result = Compile([.. Sources.Select(Markup.Parse)]).Emit(stream);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        return MetadataReference.CreateFromImage(stream.ToArray());
    }

    /// <summary>The path of the n-th source.</summary>
    public static string PathOf(int index) => $"Source{index}.cs";

    private CSharpCompilation Compile(IReadOnlyList<Markup> sources) =>
        CSharpCompilation.Create(
            Assembly,
            sources.Select(
                (source, i) =>
                    CSharpSyntaxTree.ParseText(source.Text, new CSharpParseOptions(Language, DocumentationMode.Diagnose), PathOf(i))
            ),
            Referenced,
            new CSharpCompilationOptions(
                Kind,
                nullableContextOptions: NullableContextOptions.Enable,
                warningLevel: 9999,
                specificDiagnosticOptions: OffInTheSdk
            )
        );

    private static T InCulture<T>(string name, Func<T> action)
    {
        var (culture, uiCulture) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(name);
            return action();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, uiCulture);
        }
    }
}
