using System.Collections.Immutable;
using DetectorDsl.Runtime.Tests.Support;
using DetectorDsl.Weights.Naming;
using Xunit;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Weights.Naming;

public sealed class RowOrderTests
{
    private static readonly ImmutableArray<int> Three = [1, 2, 3];

    // Three classes. torchvision: background, a, b, c. Here: a, b, c, background; boxes and masks have no background.
    [Theory]
    [InlineData(1, true, 4, new long[] { 1, 2, 3, 0 })]
    [InlineData(1, false, 4, new long[] { 1, 2, 3 })]
    [InlineData(4, false, 16, new long[] { 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 })]
    public void TorchvisionsBackground_GoesLastOrAway(int perClass, bool keepsBackground, long fileRows, long[] expected) =>
        Assert.Equal(expected, new BackgroundFirst(perClass, keepsBackground).Rows(fileRows, Three)!.Value.ToArray());

    // A file with a row for every id up to 7, a model of the ids 2, 3 and 7.
    [Fact]
    public void RowsForEveryId_ArePickedByTheCategoriesIds()
    {
        Assert.Equal([2, 3, 7, 0], new BackgroundFirst(1, keepsBackground: true).Rows(8, [2, 3, 7])!.Value.ToArray());
        Assert.Equal(
            [8, 9, 10, 11, 12, 13, 14, 15, 28, 29, 30, 31],
            new BackgroundFirst(4, keepsBackground: false).Rows(32, [2, 3, 7])!.Value.ToArray()
        );

        // As many classes as the model has: then they are the model's, whatever their ids.
        Assert.Equal([1, 2, 3, 0], new BackgroundFirst(1, keepsBackground: true).Rows(4, [2, 3, 7])!.Value.ToArray());
    }

    [Theory]
    [InlineData(4, 10)]
    [InlineData(4, 4)]
    [InlineData(1, 0)]
    [InlineData(1, long.MaxValue)]
    public void RowsThatCannotBe_HaveNoOrder(int perClass, long fileRows)
    {
        Assert.Null(new BackgroundFirst(perClass, keepsBackground: false).Rows(fileRows, Three));
        Assert.Equal(fileRows, new BackgroundFirst(perClass, keepsBackground: false).OwnRows(fileRows, Three));
    }

    // Sizes s, t; ratios x, y. detectron2: sx, sy, tx, ty. Here: xs, xt, ys, yt. Two rows each.
    [Fact]
    public void Detectron2sAnchors_AreTurned() =>
        Assert.Equal([0, 1, 4, 5, 2, 3, 6, 7], new SizesFirst(sizes: 2, ratios: 2).Rows(8, [])!.Value.ToArray());

    // Two anchors, the classes one after the other for each; a file with a class for every id up to 3, a model of the ids 0, 1 and 3.
    [Fact]
    public void ClassesOfDenseHeads_ArePickedForEachAnchor()
    {
        Assert.Equal([0, 1, 3, 4, 5, 7], new ClassesOfAnchors(anchors: 2).Rows(8, [0, 1, 3])!.Value.ToArray());
        Assert.Equal([0, 1, 2, 3, 4, 5], new ClassesOfAnchors(anchors: 2).Rows(6, [0, 1, 3])!.Value.ToArray());
        Assert.Null(new ClassesOfAnchors(anchors: 2).Rows(7, Three));
    }

    [Fact]
    public void ALogitOfTheBackground_FallsAway() => Assert.Equal([0, 1, 2], new BackgroundLast().Rows(4, Three)!.Value.ToArray());

    [Fact]
    public void RowsComeBack_AndNewOnesAreZero()
    {
        using var scope = NewDisposeScope();
        var file = arange(16, ScalarType.Float32).reshape(8, 2);
        var boxes = new BackgroundFirst(4, keepsBackground: false);
        Assert.Equal([8, 9, 10, 11, 12, 13, 14, 15], Expect.Values(boxes.Take(file, [1])));
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 8, 9, 10, 11, 12, 13, 14, 15], Expect.Values(boxes.Put(boxes.Take(file, [1]))!));
        var turned = new SizesFirst(sizes: 2, ratios: 4);
        Assert.Equal(Expect.Values(file), Expect.Values(turned.Put(turned.Take(file, []))!));
        Assert.Null(boxes.Put(zeros(3, 2)));
    }
}
