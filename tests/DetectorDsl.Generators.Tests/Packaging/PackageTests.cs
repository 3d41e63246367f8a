using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Xunit;

namespace DetectorDsl.Generators.Tests.Packaging;

/// <summary>The package as it is published: what it holds, and that the SDK's own compiler runs it.</summary>
public sealed class PackageTests(PackedGenerator package) : IClassFixture<PackedGenerator>
{
    /// <summary>What a host has because its Roslyn needs it.</summary>
    private static readonly string[] OfEveryHost =
    [
        "netstandard",
        "Microsoft.CodeAnalysis",
        "Microsoft.CodeAnalysis.CSharp",
        "System.Buffers",
        "System.Collections.Immutable",
        "System.Memory",
        "System.Numerics.Vectors",
        "System.Reflection.Metadata",
        "System.Runtime.CompilerServices.Unsafe",
        "System.Text.Encoding.CodePages",
        "System.Threading.Tasks.Extensions",
    ];

    [Fact]
    public void ItHoldsTheGeneratorAndScriban_ReadmeAndNotices()
    {
        var names = package.Analyzers.Select(Path.GetFileName).ToList();
        Assert.Contains("DetectorDsl.Generators.dll", names);
        Assert.Contains("Scriban.Signed.dll", names);
        Assert.DoesNotContain(names, name => name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(package.Folder, "README.md")));
        Assert.Contains("Scriban", File.ReadAllText(Path.Combine(package.Folder, "THIRD-PARTY-NOTICES.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatItsAssembliesReferTo_IsInIt_OrInEveryHost()
    {
        var held = package.Analyzers.Select(path => Path.GetFileNameWithoutExtension(path)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var path in package.Analyzers)
        {
            using var file = new PEReader(File.OpenRead(path));
            var metadata = file.GetMetadataReader();
            var names = metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name));
            Assert.All(names, name =>
                Assert.True(held.Contains(name) || OfEveryHost.Contains(name), $"{Path.GetFileName(path)} needs {name}")
            );
        }
    }

    [Fact]
    public void ItAsksForNothingOfItsUsers() =>
        Assert.DoesNotContain(
            "<dependency ",
            File.ReadAllText(Path.Combine(package.Folder, "DetectorDsl.Generators.nuspec")),
            StringComparison.Ordinal
        );

    [Fact]
    public void TheCompilerOfTheSdk_RunsIt()
    {
        var folder = package.NewFolder();
        File.WriteAllText(
            Path.Combine(folder, "Source.cs"),
            """
            namespace Zoo;
            [DetectorDsl.CategorySet("insects.json")] public static partial class Insects;
            public class User { public const int C = Insects.Count; public Insects.Class Ant => Insects.Class.WoodAnt; }
            """
        );
        File.WriteAllText(Path.Combine(folder, "insects.json"), """[{ "id": 3, "name": "wood ant" }]""");
        var library = Path.Combine(folder, "Library.dll");

        PackedGenerator.Run([
            "exec",
            Sdk.Compiler,
            "-noconfig",
            "-nostdlib+",
            "-nologo",
            "-target:library",
            "-langversion:14",
            "-nullable+",
            "-warnaserror+",
            $"-out:{library}",
            .. Sdk.FrameworkAssemblies.Append(typeof(DetectorAttribute).Assembly.Location).Select(path => $"-reference:{path}"),
            .. package.Analyzers.Select(path => $"-analyzer:{path}"),
            $"-additionalfile:{Path.Combine(folder, "insects.json")}",
            Path.Combine(folder, "Source.cs"),
        ]);

        var assembly = Assembly.Load(File.ReadAllBytes(library));
        Assert.Equal(1, assembly.GetType("Zoo.User", throwOnError: true)!.GetField("C")!.GetRawConstantValue());
        Assert.Contains(assembly.GetCustomAttributesData(), attribute => attribute.AttributeType == typeof(CategorySetSpecAttribute));
    }
}
