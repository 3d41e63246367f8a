using DetectorDsl.Data.Sampling;
using DetectorDsl.Training;
using Xunit;

namespace DetectorDsl.Runtime.Tests.Hosting.Training;

public sealed class ImageOrderTests
{
    [Fact]
    public void EpochsFollowOneAnotherAndAreCutIntoBatches()
    {
        var order = Order(2);
        Assert.Equal(
            [
                [0, 1],
                [2, 3],
                [4, 5],
                [6, 7],
                [8, 0],
            ],
            Enumerable.Range(0, 5).Select(number => order.Batch(number))
        );
    }

    [Fact]
    public void ABatchMayHoldSeveralEpochs() => Assert.Equal([0, 1, 2, 3, 4, 5, 6], Order(7).Batch(0));

    [Fact]
    public void TheOrderOfAskingChangesNothing()
    {
        var forwards = Order(4);
        var backwards = Order(4);
        var batches = Enumerable.Range(0, 30).Select(number => forwards.Batch(number)).ToList();
        Assert.Equal(batches, Enumerable.Range(0, 30).Reverse().Select(number => backwards.Batch(number)).Reverse());
    }

    [Fact]
    public void ThreadsGetTheSameBatches()
    {
        var (alone, shared) = (Order(3), Order(3));
        var batches = new int[200][];
        Parallel.For(0, batches.Length, number => batches[number] = shared.Batch(number));
        Assert.Equal(Enumerable.Range(0, 200).Select(number => alone.Batch(number)), batches);
    }

    [Fact]
    public void EpochsAreCountedByTheirOwnLengths()
    {
        // Positions 0-2 | 3-4 | 5-8: after four images one epoch and one of two; after six two and one of four.
        var order = Order(2);
        Assert.Equal([0, 2 / 3.0, 1.5, 2.25, 2.75], Enumerable.Range(-1, 5).Select(number => order.EpochsAfter(number)));
        Assert.Equal([false, true, true, false, true], Enumerable.Range(0, 5).Select(number => order.EndsEpoch(number)));
    }

    [Fact]
    public void ABatchThatEndsWithTheEpochEndsIt()
    {
        var order = Order(3);
        Assert.True(order.EndsEpoch(0));
        Assert.Equal(1, order.EpochsAfter(0));
    }

    [Fact]
    public void Groups_ShareBatches_AndWhatIsLeftOfThemComesLast()
    {
        // Even images are of group 0, odd ones of group 1; batches of three. Of 0 1 2 4 3 5 6 8 7 9: 0, 2, 4 fill first, then 1, 3, 5; 6, 8 and
        // 7, 9 are left. The next epoch, 9 8 ... 0, begins with the two that complete the batch.
        var order = new ImageOrder(
            new Given([
                [0, 1, 2, 4, 3, 5, 6, 8, 7, 9],
                [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
            ]),
            3,
            [0, 1, 0, 1, 0, 1, 0, 1, 0, 1]
        );
        Assert.Equal(
            [
                [0, 2, 4],
                [1, 3, 5],
                [6, 8, 7],
                [9, 9, 8],
                [7, 5, 3],
                [6, 4, 2],
            ],
            Enumerable.Range(0, 6).Select(number => order.Batch(number))
        );
        Assert.Equal([9, 8, 7, 5, 3, 6, 4, 2, 0, 1], order.Epoch(1));
    }

    [Fact]
    public void UprightAndLyingImages_AreTheGroups()
    {
        // Seven images: 0 to 3 lie, 4 to 6 stand. In batches of three, one of each kind can be had, and one image of the first kind is left.
        using var workshop = new Workshop(7);
        List<int> Uprights(bool grouped)
        {
            var settings = new TrainingSettings { BatchSize = 3, GroupByAspectRatio = grouped };
            var batches = new TrainingBatches(
                workshop.Batches(augmented: false),
                new Given([
                    [0, 4, 1, 5, 2, 6, 3],
                ]),
                settings
            );
            return
            [
                .. Enumerable
                    .Range(0, 2)
                    .Select(number =>
                    {
                        using var batch = batches.Build(number);
                        return batch.Shapes.Count(shape => shape.Height > shape.Width);
                    }),
            ];
        }

        Assert.Equal([1, 2], Uprights(grouped: false));
        Assert.Equal([0, 3], Uprights(grouped: true));
    }

    [Fact]
    public void OfOneGroup_TheOrderStaysTheSamplers() =>
        Assert.Equal(
            Enumerable.Range(0, 30).Select(number => Order(2).Batch(number)),
            Enumerable.Range(0, 30).Select(number => new ImageOrder(new Given(Epochs), 2, new int[9]).Batch(number))
        );

    /// <summary>Whatever the sizes: every epoch shows what the sampler says, batches mix groups at its ends only, and whoever asks gets the same.</summary>
    [Fact]
    public void Grouping_LosesNothing()
    {
        var random = new Random(4);
        for (var round = 0; round < 200; round++)
        {
            var (batchSize, kinds) = (random.Next(1, 6), random.Next(1, 4));
            int[] groups = [.. Enumerable.Range(0, 30).Select(_ => random.Next(kinds))];
            int[][] epochs =
            [
                .. Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, random.Next(1, 40)).Select(_ => random.Next(30)).ToArray()),
            ];
            var order = new ImageOrder(new Given(epochs), batchSize, groups);
            var backwards = new ImageOrder(new Given(epochs), batchSize, groups);
            var last = (epochs.Sum(epoch => epoch.Length) / batchSize) + 1;
            var batches = Enumerable.Range(0, last).Select(number => order.Batch(number)).ToList();
            Assert.Equal(batches, Enumerable.Range(0, last).Reverse().Select(number => backwards.Batch(number)).Reverse());
            var shown = batches.SelectMany(batch => batch).ToList();
            var position = 0;
            foreach (var (epoch, number) in epochs.Select((epoch, number) => (epoch, number)))
            {
                Assert.Equal(epoch.Order(), order.Epoch(number).Order());
                Assert.Equal(order.Epoch(number).Take(shown.Count - position), shown.Skip(position).Take(epoch.Length));
                position += epoch.Length;
            }

            Assert.InRange(batches.Count(batch => batch.Select(image => groups[image]).Distinct().Count() > 1), 0, 5 * (kinds + 1));
        }
    }

    [Fact]
    public void AnEpochOutOfTurn_IsTheSame()
    {
        var groups = new[] { 0, 1, 0, 1, 0, 1, 0, 1, 0 };
        var (asked, walked) = (new ImageOrder(new Given(Epochs), 2, groups), new ImageOrder(new Given(Epochs), 2, groups));
        var late = asked.Epoch(7);
        for (var epoch = 0; epoch < 7; epoch++)
        {
            walked.Epoch(epoch);
        }

        Assert.Equal(walked.Epoch(7), late);
    }

    [Fact]
    public void ASamplerWithoutImages_IsRefused()
    {
        var order = new ImageOrder(
            new Given([
                [],
            ]),
            2
        );
        Assert.Contains("no image for epoch 0", Assert.Throws<TrainingException>(() => order.Batch(0)).Message, StringComparison.Ordinal);
    }

    private static readonly int[][] Epochs =
    [
        [0, 1, 2],
        [3, 4],
        [5, 6, 7, 8],
    ];

    private static ImageOrder Order(int batchSize) => new(new Given(Epochs), batchSize);

    // Epochs of three, two and four images, over and over.
    private sealed class Given(int[][] epochs) : IImageSampler
    {
        public int[] Epoch(int epoch) => epochs[epoch % epochs.Length];
    }
}
