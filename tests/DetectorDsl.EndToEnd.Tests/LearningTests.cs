using DetectorDsl.EndToEnd.Tests.Declarations;
using DetectorDsl.EndToEnd.Tests.Support;
using DetectorDsl.Training;

namespace DetectorDsl.EndToEnd.Tests;

/// <summary>The generated loop learns, and leaves nothing behind.</summary>
[Collection(TorchCollection.Name)]
public sealed class LearningTests(SmallData data) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Generated.TinyNames), MemberType = typeof(Generated))]
    public void AFewSeededSteps_LowerTheLoss_AndEveryStepFreesItsTensors(string name)
    {
        var generated = Generated.Of(name);
        var run = TrainerRun.Train(generated.Trainer(), data.Training, folder.File(name), steps: 36);

        // The second stage's terms grow with the share of positive regions as proposals get better: a softmax over classes and background
        // hides that at first, an objectness branch without Seesaw's factors does not: its sum says least. The terms of a fixed count must fall in each.
        AssertFalls("the sum", step => step.Total, name == nameof(ObjectnessMaskRcnn) ? 0.95 : 0.8);
        if (run.Steps[0].Losses.Any(term => term.Name == "loss_rpn_cls"))
        {
            AssertFalls("loss_rpn_cls", step => step.Losses.Single(term => term.Name == "loss_rpn_cls").Value, 1);
        }

        if (generated.HasMasks)
        {
            AssertFalls("loss_mask", step => step.Losses.First(term => term.Name.EndsWith("loss_mask", StringComparison.Ordinal)).Value, 1);
        }

        AssertSteady(run);

        void AssertFalls(string what, Func<TrainingProgress, double> value, double ratio)
        {
            var (first, last) = (run.Steps.Take(6).Average(value), run.Steps.TakeLast(6).Average(value));
            Assert.True(last < ratio * first, $"{name}: {what} {first} at first, {last} in the end");
        }
    }

    [Fact]
    public void OverManySteps_TensorsAndMemoryStayFlat()
    {
        var memory = new List<long>();
        var run = TrainerRun.Train(
            Generated.Of("CrossEntropyMaskRcnn").Trainer(),
            data.Training,
            folder.File("long"),
            steps: 300,
            watch: _ => memory.Add(Environment.WorkingSet)
        );

        AssertSteady(run);
        var (warm, end) = (memory.Skip(100).Take(100).Max(), memory.Skip(200).Max());
        Assert.Equal(300, memory.Count);
        Assert.True(end <= 1.03 * warm, $"resident: {warm >> 20} MiB after 200 steps, {end >> 20} MiB after 300");
    }

    // The library counts per thread. A batch is made on the loader's threads and freed on the training thread, whose count therefore falls by
    // the batch's images, one tensor, at each step. Two steps apart, since gradients may be added up over two; not the first ones, in
    // which the optimizer makes its state.
    private static void AssertSteady(TrainerRun run)
    {
        var changes = run.LiveTensors.Skip(4).Zip(run.LiveTensors.Skip(2), (now, before) => now - before).ToList();
        Assert.NotEmpty(changes);
        Assert.All(changes, change => Assert.Equal(-2, change));
    }
}
