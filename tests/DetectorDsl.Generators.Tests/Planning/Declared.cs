using DetectorDsl.Generators.Tests.Helpers;

namespace DetectorDsl.Generators.Tests.Planning;

/// <summary>Declarations over three classes that can be trained, compiled with the runtime at hand.</summary>
internal static class Declared
{
    /// <summary>Modules of the user's own that components of tests name.</summary>
    private const string Modules = """
        #pragma warning disable CS9113
        using System;
        using System.Collections.Generic;
        using TorchSharp;
        using static TorchSharp.torch;
        public sealed class StubBackbone() : nn.Module<Tensor, Tensor[]>("StubBackbone") { public override Tensor[] forward(Tensor images) => [images]; }
        public sealed class Levels(int[] inputChannels) : nn.Module<Tensor[], Tensor[]>("Levels") { public override Tensor[] forward(Tensor[] maps) => maps; }
        """;

    private const string Backbone = "public override Backbone Backbone => new ResNet(18) { BaseChannels = 8 };";

    private const string Classes = """
        {"categories": [
          {"id": 1, "name": "cat", "image_count": 400, "instance_count": 700},
          {"id": 2, "name": "dog", "image_count": 40, "instance_count": 50},
          {"id": 7, "name": "axolotl", "image_count": 4, "instance_count": 5}]}
        """;

    /// <summary>A declaration of a kind, with members and what stands around it.</summary>
    public static GeneratorTest Detector(
        string members,
        string around = "",
        string architecture = "MaskRcnn",
        string attributes = "[Detector, Categories(typeof(Animals))]"
    ) =>
        Sources(
            $$"""
            using DetectorDsl;
            {{around}}
            /// <summary>Finds animals.</summary>
            {{attributes}}
            public partial record Declared : {{architecture}}
            {
                {{members}}
            }
            """
        );

    /// <summary>Declarations of a kind in one compilation, each with its members; those that state no backbone get a small one.</summary>
    public static GeneratorTest Batch(IEnumerable<string> members, string around = "", string architecture = "MaskRcnn") =>
        Batch(members.Select(item => (item, architecture)), around);

    /// <inheritdoc cref="Batch(IEnumerable{string}, string, string)" />
    public static GeneratorTest Batch(IEnumerable<(string Members, string Architecture)> declarations, string around = "") =>
        Sources(
            $$"""
        using DetectorDsl;
        {{around}}
        {{string.Concat(declarations.Select((item, index) => $$"""
            /// <summary>Finds animals.</summary>
            [Detector, Categories(typeof(Animals))]
            public partial record Declared{{index}} : {{item.Architecture}} { {{(item.Members.Contains("override Backbone ", StringComparison.Ordinal) ? "" : Backbone)}} {{item.Members}} }

            """))}}
        """
        );

    /// <summary>Sources with marks, beside the set of categories and the modules.</summary>
    public static GeneratorTest Sources(params IReadOnlyList<string> sources) =>
        GeneratorTest
            .Of([.. sources, "using DetectorDsl; [CategorySet(\"animals.json\")] public static partial class Animals;", Modules])
            .WithFile("animals.json", Classes)
            .WithRuntime();
}
