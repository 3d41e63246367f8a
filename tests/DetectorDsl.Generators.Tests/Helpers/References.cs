using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Tests.Helpers;

/// <summary>What sources of tests are compiled against.</summary>
internal static class References
{
    /// <summary>.NET and the vocabulary.</summary>
    public static IReadOnlyList<MetadataReference> Vocabulary { get; } = [.. Net100.References.All, Of(typeof(DetectorAttribute))];

    /// <summary>What generated code calls, beside <see cref="Vocabulary" />.</summary>
    public static IReadOnlyList<MetadataReference> Runtime { get; } =
    [
        .. new[]
        {
            "DetectorDsl.Annotations",
            "DetectorDsl.Data",
            "DetectorDsl.Evaluation",
            "DetectorDsl.Structures",
            "DetectorDsl.Native",
            "DetectorDsl.Weights",
            "DetectorDsl.Torch",
            "DetectorDsl.Detection",
            "DetectorDsl.Training",
            "DetectorDsl.Hosting",
            "TorchSharp",
            "SkiaSharp",
            "System.CommandLine",
            "Spectre.Console",
            "Spectre.Console.Ansi",
            "System.Numerics.Tensors",
        }
            .Select(name => Path.Combine(AppContext.BaseDirectory, name + ".dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static PortableExecutableReference Of(Type type) => MetadataReference.CreateFromFile(type.Assembly.Location);
}
