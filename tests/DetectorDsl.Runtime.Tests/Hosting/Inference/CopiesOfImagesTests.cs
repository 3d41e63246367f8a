using DetectorDsl.Data.Datasets;
using DetectorDsl.Detection.Inference;
using DetectorDsl.Detection.Preparation;
using DetectorDsl.Native;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Structures;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Hosting.Inference;

public sealed class CopiesOfImagesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public CopiesOfImagesTests()
    {
        TorchLibrary.EnsureLoaded();
        TinyData.WriteSplit(folder.Path, "val", 3);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ADetectorOfSeveralCopies_IsGivenEachImageInAllOfThem()
    {
        var data = DetectionDataset.Open(
            folder.File("val.json"),
            folder.File("val"),
            [.. TinyData.Categories.Select(category => (category.Id, category.Name))],
            forTraining: false
        );
        using var detector = new Looking();
        var found = DatasetPredictor.Run(detector, data).ToList();
        Assert.Equal(3, found.Count);
        Assert.Equal(3, detector.Seen.Count);

        // 80 x 60 at short side 60, then the half of it, padded to 32; the third image is upright.
        Assert.Equal([(1, 60, 80), (1, 60, 80), (1, 30, 40)], detector.Seen[0].Sizes);
        Assert.Equal([(1, 80, 60), (1, 80, 60), (1, 40, 30)], detector.Seen[2].Sizes);
        Assert.All(detector.Seen, seen => Assert.True(seen.IsMirrored));
        Assert.Equal([100, 101, 102], detector.Seen.Select(seen => seen.Id));
    }

    /// <summary>Looks at the copies and finds nothing.</summary>
    private sealed class Looking : IImageDetector
    {
        public List<(long Id, List<(int Count, int Height, int Width)> Sizes, bool IsMirrored)> Seen { get; } = [];

        public bool HasMasks => false;

        public Device Device => CPU;

        public ImagePreparation Preparation { get; } = new([128, 128, 128], [64, 64, 64], 32, 60, 100);

        public IReadOnlyList<ImageCopy> Copies { get; } = [new(1, false), new(1, true), new(0.5, false)];

        public ImageDetections[] Detect(Tensor images, IReadOnlyList<ImageShape> shapes) => throw new NotSupportedException();

        public ImageDetections[] Detect(IReadOnlyList<PreparedCopy> copies)
        {
            var shape = copies[0].Shapes[0];
            var (plain, mirrored) = (Content(copies[0]), Content(copies[1]));
            Seen.Add(
                (
                    shape.ImageId,
                    [.. copies.Select(copy => ((int)copy.Images.shape[0], copy.Shapes[0].Height, copy.Shapes[0].Width))],
                    Expect.Values(plain.flip(-1)).SequenceEqual(Expect.Values(mirrored))
                        && !Expect.Values(plain).SequenceEqual(Expect.Values(mirrored))
                )
            );
            return [new ImageDetections(shape, [], [], [], null)];
        }

        public void Dispose() { }

        private static Tensor Content(PreparedCopy copy) =>
            copy.Images.narrow(2, 0, copy.Shapes[0].Height).narrow(3, 0, copy.Shapes[0].Width);
    }
}
