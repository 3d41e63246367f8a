using DetectorDsl.Generators.Planning.Naming;

namespace DetectorDsl.Generators.Planning.Backbones;

/// <summary>What torchvision and detectron2 call the layers of a residual network.</summary>
/// <remarks>torchvision, models/resnet.py: as mmdetection, but batch norms alone. detectron2, modeling/backbone/resnet.py: stages from 2, a norm belongs to its convolution.</remarks>
internal static class ResNetNames
{
    private const string Own = "backbone.";
    private const string Torchvision = "backbone.body.";
    private const string Detectron2 = "backbone.bottom_up.";

    /// <param name="convolutions">Convolutions of a block: 2 of a basic block, 3 of a bottleneck.</param>
    /// <param name="stages">Of each stage the number of blocks, whether the first has a convolution on its shortcut, and whether the 3x3 convolutions are deformable.</param>
    /// <param name="normKey">Start of the norms' names.</param>
    public static IEnumerable<LayerName> Of(
        int convolutions,
        IEnumerable<(int Blocks, bool HasShortcut, bool IsDeformable)> stages,
        string normKey
    )
    {
        yield return new LayerName($"{Own}conv1", $"{Torchvision}conv1", $"{Detectron2}stem.conv1") { TakesPixels = true };
        yield return Norm($"{normKey}1", normKey, $"{Detectron2}stem.conv1.norm");
        foreach (
            var (stage, blocks, hasShortcut, isDeformable) in stages.Select(
                static (stage, index) => (index + 1, stage.Blocks, stage.HasShortcut, stage.IsDeformable)
            )
        )
        {
            for (var block = 0; block < blocks; block++)
            {
                var (here, there) = ($"layer{stage}.{block}.", $"{Detectron2}res{stage + 1}.{block}.");
                for (var number = 1; number <= convolutions; number++)
                {
                    yield return new LayerName($"{Own}{here}conv{number}", $"{Torchvision}{here}conv{number}", $"{there}conv{number}");
                    yield return Norm($"{here}{normKey}{number}", normKey, $"{there}conv{number}.norm");
                }

                if (isDeformable)
                {
                    yield return new LayerName($"{Own}{here}conv2.conv_offset", null, $"{there}conv2_offset");
                }

                if (block == 0 && hasShortcut)
                {
                    yield return new LayerName($"{Own}{here}downsample.0", $"{Torchvision}{here}downsample.0", $"{there}shortcut");
                    yield return Norm($"{here}downsample.1", normKey, $"{there}shortcut.norm");
                }
            }
        }
    }

    private static LayerName Norm(string name, string normKey, string detectron2) =>
        new(Own + name, normKey == "bn" ? Torchvision + name : null, detectron2);
}
