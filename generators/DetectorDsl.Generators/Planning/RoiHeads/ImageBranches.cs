using DetectorDsl.Generators.Planning.Blocks;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Planning.Structure;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>The layers of a cascade's branches over whole images, whose classes are the runtime's. Neither torchvision nor detectron2 has such branches.</summary>
internal static class ImageBranches
{
    /// <summary>The branch that classifies every place of the image.</summary>
    /// <param name="head">Its object.</param>
    /// <param name="channels">Channels of the pyramid.</param>
    /// <param name="layers">3x3 convolutions.</param>
    /// <param name="classes">Classes, background among them.</param>
    /// <param name="levels">Levels of the pyramid.</param>
    /// <param name="stride">Pixels of the image per cell.</param>
    /// <param name="cells">Cells of an image.</param>
    public static ModuleLayers Semantic(ObjectCode head, int channels, int layers, int classes, int levels, int stride, long cells)
    {
        var logits = new ConvolutionLayer(channels, classes, 1)
        {
            Places = cells,
            Shape = new Level(classes, stride).Shape,
            IsPerClass = true,
        };
        return Branch(
            "semantic_head",
            head,
            [
                .. Blocks("lateral_convs.", levels, 1, channels, new Level(channels, stride), cells),
                .. Blocks("convs.", layers, 3, channels, new Level(channels, stride), cells),
                new("conv_embedding", Block(1, channels, new Level(channels, stride), cells)),
                new("conv_logits", logits),
            ]
        );
    }

    /// <summary>What says what the image is about.</summary>
    /// <param name="head">Its object.</param>
    /// <param name="channels">Channels of the pyramid.</param>
    /// <param name="layers">3x3 convolutions.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="level">The level that it reads.</param>
    /// <param name="cells">Cells of that.</param>
    public static ModuleLayers Context(ObjectCode head, int channels, int layers, int classes, Level level, long cells)
    {
        var presence = new LinearLayer(channels, classes)
        {
            Initial = InitialWeights.Normal(0.01),
            Places = 1,
            Shape = $"N x {classes}",
            IsPerClass = true,
        };
        return Branch("glbctx_head", head, [.. Blocks("convs.", layers, 3, channels, level, cells), new("fc", presence)]);
    }

    private static ModuleLayers Branch(string name, ObjectCode head, EquatableArray<NamedLayer> parts) =>
        new("roi_head", [LayerField.Of(name, new CompositeLayer(head, "branch over the image", parts) { IsDescribedByParts = true })]);

    private static IEnumerable<NamedLayer> Blocks(string name, int count, int kernel, int channels, Level level, long cells) =>
        Enumerable.Range(0, count).Select(index => new NamedLayer($"{name}{index}", Block(kernel, channels, level, cells)));

    private static CompositeLayer Block(int kernel, int channels, Level level, long cells) =>
        ConvolutionBlocks.Of(
            new ConvolutionLayer(channels, channels, kernel)
            {
                Activation = Activation.Relu,
                Places = cells,
                Shape = level.Shape,
            },
            norm: null
        );
}
