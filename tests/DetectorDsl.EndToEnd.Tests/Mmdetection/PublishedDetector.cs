using System.Collections.Immutable;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Detection.Preparation;
using DetectorDsl.Structures;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.EndToEnd.Tests.Mmdetection;

/// <summary>A generated detector behind one face.</summary>
/// <param name="Fixture">Name of its fixture.</param>
/// <param name="Model">Makes the model.</param>
/// <param name="Pyramid">Images to the neck's maps.</param>
/// <param name="Train">The losses of a batch.</param>
/// <param name="Detect">What it finds.</param>
internal sealed record PublishedDetector(
    string Fixture,
    Func<nn.Module> Model,
    Func<nn.Module, Tensor, Tensor[]> Pyramid,
    Func<nn.Module, DetectionDataset, DetectionBatch, PublishedDetector.Objective> Train,
    Func<nn.Module, Tensor, ImmutableArray<ImageShape>, ImageDetections[]> Detect
)
{
    /// <summary>Losses, term by term and in all.</summary>
    internal sealed record Objective(ImmutableArray<string> Terms, Tensor Values, Tensor Total);

    public static PublishedDetector Of<TModel>(
        string fixture,
        Func<TModel> model,
        Func<TModel, Tensor, Tensor[]> pyramid,
        Func<TModel, DetectionDataset, DetectionBatch, Objective> train,
        Func<TModel, Tensor, ImmutableArray<ImageShape>, ImageDetections[]> detect
    )
        where TModel : nn.Module =>
        new(
            fixture,
            model,
            (module, images) => pyramid((TModel)module, images),
            (module, data, batch) => train((TModel)module, data, batch),
            (module, images, shapes) => detect((TModel)module, images, shapes)
        );
}
