using DetectorDsl.Generators.Rendering;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace DetectorDsl.Generators.Tests.Helpers;

/// <summary>The generator after a run, ready for an edit and the next run.</summary>
internal sealed class GeneratorRun
{
    private readonly GeneratorDriver driver;
    private readonly Compilation input;

    private GeneratorRun(GeneratorDriver driver, Compilation input)
    {
        this.input = input;
        this.driver = driver.RunGeneratorsAndUpdateCompilation(input, out var output, out _);
        Output = output;
        Result = this.driver.GetRunResult().Results.Single();
    }

    /// <summary>The compilation with what was generated.</summary>
    public Compilation Output { get; }

    public GeneratorRunResult Result { get; }

    /// <summary>Names of the generated files, in order.</summary>
    public IReadOnlyList<string> FileNames => [.. Result.GeneratedSources.Select(source => source.HintName).Order(StringComparer.Ordinal)];

    /// <summary>Text of a generated file.</summary>
    public string this[string fileName] => Result.GeneratedSources.Single(source => source.HintName == fileName).SourceText.ToString();

    /// <summary>Everything that was generated, in order, for a snapshot.</summary>
    public string AllText => string.Join("\n", FileNames.Select(name => $"// ===== {name} =====\n{this[name]}"));

    public static GeneratorRun Start(Compilation compilation, IEnumerable<AdditionalText> files)
    {
        var options = new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true);
        var driver = CSharpGeneratorDriver.Create(
            [new DetectorGenerator().AsSourceGenerator()],
            [.. files],
            (CSharpParseOptions)compilation.SyntaxTrees.First().Options,
            optionsProvider: null,
            options
        );
        return new GeneratorRun(driver, compilation);
    }

    /// <summary>Runs again after a piece of a source was replaced; it must be there exactly once.</summary>
    public GeneratorRun Edit(string find, string replacement)
    {
        var tree = input.SyntaxTrees.Single(tree => tree.ToString().Contains(find, StringComparison.Ordinal));
        var text = tree.ToString();
        var start = text.IndexOf(find, StringComparison.Ordinal);
        Assert.Equal(-1, text.IndexOf(find, start + 1, StringComparison.Ordinal));
        return new GeneratorRun(
            driver,
            input.ReplaceSyntaxTree(tree, tree.WithChangedText(tree.GetText().Replace(new TextSpan(start, find.Length), replacement)))
        );
    }

    /// <summary>Runs again after a source was added.</summary>
    public GeneratorRun Add(string source) =>
        new(
            driver,
            input.AddSyntaxTrees(
                CSharpSyntaxTree.ParseText(
                    source,
                    (CSharpParseOptions)input.SyntaxTrees.First().Options,
                    path: $"Added{input.SyntaxTrees.Count()}.cs"
                )
            )
        );

    /// <summary>Runs again with other additional files.</summary>
    public GeneratorRun WithFiles(params IEnumerable<AdditionalText> files) => new(driver.ReplaceAdditionalTexts([.. files]), input);

    /// <summary>Runs again with a reference replaced.</summary>
    public GeneratorRun Replace(MetadataReference old, MetadataReference replacement) =>
        new(driver, input.ReplaceReference(old, replacement));

    /// <summary>How each value of a stage came about in this run.</summary>
    public IReadOnlyList<IncrementalStepRunReason> Reasons(string stage) =>
        [.. Result.TrackedSteps[stage].SelectMany(step => step.Outputs).Select(output => output.Reason)];

    /// <summary>Which files were rendered in this run, rather than taken over.</summary>
    public IReadOnlyList<string> RenderedFiles(string stage) =>
        [
            .. Result
                .TrackedSteps[stage]
                .SelectMany(step => step.Outputs)
                .Where(output => output.Reason is IncrementalStepRunReason.New or IncrementalStepRunReason.Modified)
                .SelectMany(output =>
                    output.Value switch
                    {
                        GeneratedSource source => [source],
                        RenderResult { Source: { } source } => [source],
                        RenderedPlan plan => plan.Files,
                        _ => Enumerable.Empty<GeneratedSource>(),
                    }
                )
                .Select(source => source.HintName)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The output as another project sees it that is built apart.</summary>
    public MetadataReference ToMetadataReference()
    {
        using var stream = new MemoryStream();
        var result = Output.Emit(stream);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        return MetadataReference.CreateFromImage(stream.ToArray(), filePath: Output.AssemblyName + ".dll");
    }

    /// <summary>The output as another project sees it within an IDE.</summary>
    public CompilationReference ToCompilationReference() => Output.ToMetadataReference();
}
