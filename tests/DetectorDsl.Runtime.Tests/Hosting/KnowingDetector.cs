using DetectorDsl.Annotations;
using DetectorDsl.Detection.Inference;
using DetectorDsl.Detection.Preparation;
using DetectorDsl.Structures;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Hosting;

/// <summary>Finds exactly what an annotation file says of an image; on images it does not know, one red object in the upper left quarter.</summary>
public sealed class KnowingDetector(AnnotationSet? truth, double shift = 0) : IImageDetector
{
    private readonly Lock gate = new();
    private int inside;

    public List<(int Count, long Height, long Width)> Batches { get; } = [];

    /// <summary>Most calls that were ever under way at once.</summary>
    public int MostAtOnce { get; private set; }

    public bool IsDisposed { get; private set; }

    public bool HasMasks => true;

    public Device Device => CPU;

    public ImagePreparation Preparation { get; init; } = new([128, 128, 128], [64, 64, 64], 32, 60, 100);

    /// <summary>Happens at each call.</summary>
    public Action? Seen { get; init; }

    public ImageDetections[] Detect(Tensor images, IReadOnlyList<ImageShape> shapes)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        lock (gate)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++inside);
            Batches.Add(((int)images.shape[0], images.shape[2], images.shape[3]));
        }

        Seen?.Invoke();
        Thread.Sleep(2);
        var found = shapes.Select(Find).ToArray();
        lock (gate)
        {
            inside--;
        }

        return found;
    }

    public void Dispose() => IsDisposed = true;

    private ImageDetections Find(ImageShape shape)
    {
        var objects = truth
            ?.Annotations.Where(annotation => annotation.ImageId == shape.ImageId)
            .Select(annotation =>
                (
                    Label: TinyData.Categories.IndexOf(TinyData.Categories.First(category => category.Id == annotation.CategoryId)),
                    annotation.Box
                )
            )
            .ToList()
            ?? [];
        if (objects.Count == 0 && shape.ImageId == 0)
        {
            objects.Add((0, new Box(0, 0, shape.OriginalWidth / 2, shape.OriginalHeight / 2)));
        }

        return new ImageDetections(
            shape,
            [
                .. objects.SelectMany(item =>
                    new[]
                    {
                        (float)(item.Box.X + shift),
                        (float)item.Box.Y,
                        (float)(item.Box.X + item.Box.Width + shift),
                        (float)(item.Box.Y + item.Box.Height),
                    }
                ),
            ],
            [.. objects.Select((_, i) => 0.9f - (0.1f * i))],
            [.. objects.Select(item => item.Label)],
            [
                .. objects.Select(item =>
                    RleMask.FromBox(item.Box with { X = item.Box.X + shift }, shape.OriginalHeight, shape.OriginalWidth)
                ),
            ]
        );
    }
}
