using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Naming;
using DetectorDsl.Generators.Planning.Structure;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>What others call the layers of a box head; torchvision has no cascade.</summary>
/// <remarks>
/// torchvision, models/detection/faster_rcnn.py; detectron2, modeling/roi_heads/box_head.py, fast_rcnn.py and cascade_rcnn.py.
/// </remarks>
/// <param name="pass">The pass over the regions; null for the only one.</param>
internal sealed class BoxHeadNames(int? pass)
{
    private const string Head = "roi_heads.box_head.";
    private const string Predictor = "roi_heads.box_predictor.";

    private readonly string inner = pass is { } number ? $"{number}." : "";

    public string? TorchvisionConvolution(int index) => pass is null ? $"{Head}{index}" : null;

    public string Detectron2Convolution(int index) => $"{Head}{inner}conv{1 + index}";

    /// <summary>TwoMLPHead has fc6 and fc7; FastRCNNConvFCHead counts its convolutions, the flattening, and layers with a ReLU behind each.</summary>
    public OtherNames Linear(int convolutions, int index) =>
        new(
            (pass, convolutions, index) switch
            {
                (not null, _, _) => null,
                (_, > 0, _) => $"{Head}{convolutions + 1 + (2 * index)}",
                (_, _, < 2) => $"{Head}fc{6 + index}",
                _ => null,
            },
            $"{Head}{inner}fc{1 + index}"
        );

    /// <summary>Neither has a classifier by direction, nor one with an objectness of its own: its rows would mean something else.</summary>
    public OtherNames Classifier(ComponentValue classifier, int furtherLogits) =>
        classifier.Info.Is("DetectorDsl.Linear") && furtherLogits < 2
            ? new(pass is null ? $"{Predictor}cls_score" : null, $"{Predictor}{inner}cls_score")
            {
                TorchvisionRows = pass is null ? ClassRows.OfTorchvision(perClass: 1, keepsBackground: furtherLogits == 1) : null,
                Detectron2Rows = ClassRows.OfDetectron2Logits(keepsBackground: furtherLogits == 1),
            }
            : OtherNames.None;

    public OtherNames Regressor(bool agnostic) =>
        !agnostic && pass is null
            ? new($"{Predictor}bbox_pred", $"{Predictor}bbox_pred")
            {
                TorchvisionRows = ClassRows.OfTorchvision(perClass: 4, keepsBackground: false),
            }
            : new(null, $"{Predictor}{inner}bbox_pred");
}
