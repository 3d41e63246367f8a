using DetectorDsl.Annotations;
using DetectorDsl.Data.Augmentation;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Data.Images;
using DetectorDsl.Native;
using DetectorDsl.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Hosting.Training;

public sealed class BatchBuilderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public BatchBuilderTests() => TorchLibrary.EnsureLoaded();

    [Fact]
    public void ImagesAreNormalisedAndPaddedTogether()
    {
        // 80 x 60 and 60 x 80 (width x height) share 80 x 80; at multiples of 32 that is 96 x 96.
        using var batch = Builder(Data(3)).Build(0, [0, 2]);
        Assert.Equal([2, 3, 96, 96], batch.Images.shape);
        Assert.Equal([(100L, 60, 80), (102L, 80, 60)], batch.Shapes.Select(shape => (shape.ImageId, shape.Height, shape.Width)));

        // Alone, each would be less.
        Assert.Equal([(64, 96), (96, 64)], batch.Shapes.Select(shape => (shape.PaddedHeight, shape.PaddedWidth)));

        // Grey is 128: (128 - 28) / 2, (128 - 48) / 4, (128 - 78) / 5.
        Assert.Equal([50, 20, 10], Enumerable.Range(0, 3).Select(channel => batch.Images[0, channel, 0, 0].item<float>()));
        Assert.Equal([0, 0], new[] { batch.Images[0, 0, 60, 0], batch.Images[1, 0, 0, 60] }.Select(value => value.item<float>()));

        // The colours of a pixel lie side by side.
        Assert.Equal(1, batch.Images.stride(1));
    }

    [Fact]
    public void ObjectsComeWithCornersLabelsAndMasks()
    {
        using var batch = Builder(Data(3)).Build(0, [0]);
        var truth = batch.Truths[0];
        Assert.Equal([4, 6, 34, 28, 30, 34, 56, 52], truth.Boxes);
        Assert.Equal([0, 1], truth.Labels);
        Assert.Equal(2, truth.Masks!.Count);
        Assert.Equal((60, 80), (truth.Masks[0].Height, truth.Masks[0].Width));
        Assert.Equal(Rectangle(60, 80, 4, 6, 34, 28), truth.Masks[0].ToBitmap());
        Assert.Equal(Rectangle(60, 80, 30, 34, 56, 52), truth.Masks[1].ToBitmap());
    }

    [Fact]
    public void MasksAreOfTheResizedImageWithoutPadding()
    {
        using var batch = Builder(Data(3), new Resize([30], 40)).Build(0, [0]);
        var (first, second) = (batch.Truths[0].Boxes[0], batch.Truths[0].Boxes[1]);
        Assert.Equal([2, 17, 15, 26], [first.X1, first.X2, second.X1, second.Y2]);
        Assert.Equal(Rectangle(30, 40, 2, 3, 17, 14), batch.Truths[0].Masks![0].ToBitmap());
        Assert.Equal(
            (30, 40, 60, 80),
            (batch.Shapes[0].Height, batch.Shapes[0].Width, batch.Shapes[0].OriginalHeight, batch.Shapes[0].OriginalWidth)
        );
    }

    [Fact]
    public void WithoutMasksNoneAreDrawn()
    {
        using var batch = Builder(Data(3), withMasks: false).Build(0, [0]);
        Assert.Null(batch.Truths[0].Masks);
        Assert.Equal(2, batch.Truths[0].Count);
    }

    [Fact]
    public void CrowdsAreIgnoredBoxes()
    {
        var data = Data(1, set => set with { Annotations = [set.Annotations[0], set.Annotations[1] with { IsCrowd = true }] });
        using var batch = Builder(data).Build(0, [0]);
        Assert.Equal([0], batch.Truths[0].Labels);
        Assert.Equal([30, 34, 56, 52], batch.Truths[0].IgnoredBoxes);
    }

    [Fact]
    public void AnObjectWithoutSegmentation_IsIgnoredWhereMasksAreWanted()
    {
        var data = Data(1, set => set with { Annotations = [set.Annotations[0] with { Segmentation = null }, set.Annotations[1]] });
        using var batch = Builder(data).Build(0, [0]);
        Assert.Equal([1], batch.Truths[0].Labels);
        Assert.Equal([4, 6, 34, 28], batch.Truths[0].IgnoredBoxes);
        using var boxesOnly = Builder(data, withMasks: false).Build(0, [0]);
        Assert.Equal([0, 1], boxesOnly.Truths[0].Labels);
    }

    [Fact]
    public void AnObjectThatVanishesByResizing_IsDropped()
    {
        // Two pixels wide at 41: an eighth of it, from 5.125 to 5.375, covers the centre of no column.
        var data = Data(1, set => set with { Annotations = [TinyData.Rectangle(1, 100, 3, 41, 17, 2, 2), set.Annotations[1]] });
        using var whole = Builder(data).Build(0, [0]);
        Assert.Equal([0, 1], whole.Truths[0].Labels);
        using var small = Builder(data, new Resize([8], 10)).Build(0, [0]);
        Assert.Equal([1], small.Truths[0].Labels);
        Assert.Equal((8, 10), (Assert.Single(small.Truths[0].Masks!).Height, small.Truths[0].Masks![0].Width));
        Assert.Equal(1, small.Truths[0].Boxes.Count);
    }

    [Fact]
    public void AnImageWithoutObjects_HasNoneAndNoMasks()
    {
        var data = Data(2, set => set with { Annotations = [.. set.Annotations.Where(item => item.ImageId == 100)] }, forTraining: false);
        using var batch = Builder(data).Build(0, [0, 1]);
        Assert.Equal([2, 0], batch.Truths.Select(truth => truth.Count));
        Assert.Empty(batch.Truths[1].Masks!);
    }

    // Drawn, these masks would take 8.9 GB.
    [Fact]
    public void ThousandsOfObjectsInALargeImage_TakeLittleMemory()
    {
        const int Side = 1333;
        var objects = Enumerable
            .Range(0, 5000)
            .Select(i => TinyData.Rectangle(i, 1, 3, i % 70 * 19, i / 70 * 18, 12, 15))
            .Select(item => new SampleObject(item.Box, 0, item.Segmentation));
        var sample = new Sample(1, new RgbImage(Side, Side, new byte[3 * Side * Side]), Side, Side, [.. objects], []);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var truth = BatchBuilder.ObjectsOf(sample, withMasks: true);
        Assert.Equal(5000, truth.Masks!.Count);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000_000);
    }

    [Fact]
    public void DataWithoutAnyMask_IsRefusedForAMaskHead()
    {
        var data = Data(1, set => set with { Annotations = [.. set.Annotations.Select(item => item with { Segmentation = null })] });
        var message = Assert.Throws<TrainingException>(() => Builder(data)).Message;
        Assert.Contains("train.json", message, StringComparison.Ordinal);
        Assert.Contains("mask head", message, StringComparison.Ordinal);
    }

    [Fact]
    public void SeedAndNumberFixTheAugmentation()
    {
        var data = Data(3);
        var builder = Builder(data, new HorizontalFlip(0.5), new Resize([40, 50, 60], 80));
        string[] first = [.. Enumerable.Range(0, 12).Select(number => Bits(builder, number))];
        string[] again =
        [
            .. Enumerable.Range(0, 12).Select(number => Bits(Builder(data, new HorizontalFlip(0.5), new Resize([40, 50, 60], 80)), number)),
        ];
        Assert.Equal(first, again);
        Assert.True(first.Distinct().Count() > 2);
        Assert.NotEqual(
            first,
            Enumerable
                .Range(0, 12)
                .Select(number =>
                    Bits(
                        new BatchBuilder(data, [new HorizontalFlip(0.5), new Resize([40, 50, 60], 80)], Pixels, true, seed: 10, false),
                        number
                    )
                )
        );
    }

    [Fact]
    public void ADamagedImage_IsReplacedAndNamed()
    {
        var data = Data(2);
        var bytes = File.ReadAllBytes(data.PathOf(1));
        File.WriteAllBytes(data.PathOf(1), bytes[..(bytes.Length / 2)]);
        var builder = Builder(data);
        using var batch = builder.Build(0, [0, 1]);
        Assert.Equal([100, 100], batch.Shapes.Select(shape => shape.ImageId));
        var reason = Assert.Single(builder.Images.TakeNews()).Reason;
        Assert.Contains("image 101", reason, StringComparison.Ordinal);
        Assert.Contains("image1.png", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void ADisposedBatchLeavesNothingBehind()
    {
        var builder = Builder(Data(3), new HorizontalFlip(1));
        builder.Build(0, [0, 1, 2]).Dispose();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        builder.Build(1, [0, 1, 2]).Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    public void Dispose() => folder.Dispose();

    private static BatchPixels Pixels { get; } = new([28, 48, 78], [2, 4, 5], 32);

    private static BatchBuilder Builder(DetectionDataset data, params IAugmentation[] augmentations) =>
        new(data, augmentations, Pixels, withMasks: true, seed: 9, pinned: false);

    private static BatchBuilder Builder(DetectionDataset data, bool withMasks) => new(data, [], Pixels, withMasks, seed: 9, pinned: false);

    private static string Bits(BatchBuilder builder, int number)
    {
        using var batch = builder.Build(number, [0]);
        using var rowByRow = batch.Images.contiguous();
        return $"{string.Join('x', batch.Images.shape)} {Convert.ToHexString(rowByRow.bytes)} {string.Join(' ', batch.Truths[0].Boxes)}";
    }

    private static byte[] Rectangle(int height, int width, int left, int top, int right, int bottom) =>
        [
            .. from y in Enumerable.Range(0, height)
            from x in Enumerable.Range(0, width)
            select (byte)(x >= left && x < right && y >= top && y < bottom ? 1 : 0),
        ];

    private DetectionDataset Data(int images, Func<AnnotationSet, AnnotationSet>? change = null, bool forTraining = true)
    {
        var set = TinyData.WriteSplit(folder.Path, "train", images);
        if (change is not null)
        {
            TinyData.Save(folder.File("train.json"), change(set));
        }

        return DetectionDataset.Open(
            folder.File("train.json"),
            folder.File("train"),
            [.. TinyData.Categories.Select(category => (category.Id, category.Name))],
            forTraining
        );
    }
}
