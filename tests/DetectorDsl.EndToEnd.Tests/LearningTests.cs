using DetectorDsl.EndToEnd.Tests.Support;

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

        var (first, last) = (run.Losses.Take(6).Average(), run.Losses.TakeLast(6).Average());
        Assert.True(last < 0.8 * first, $"{name}: loss {first} at first, {last} in the end");
        AssertSteady(run, generated.HasMasks);
    }

    [Fact]
    public void OverManySteps_TensorsAndMemoryStayFlat()
    {
        var memory = new List<long>();
        var run = TrainerRun.Train(Generated.Of("CrossEntropyMaskRcnn").Trainer(), data.Training, folder.File("long"), steps: 300, watch: _ => memory.Add(Environment.WorkingSet));

        AssertSteady(run, hasMasks: true);
        var (warm, end) = (memory.Skip(100).Take(100).Max(), memory.Skip(200).Max());
        Assert.Equal(300, memory.Count);
        Assert.True(end <= 1.03 * warm, $"resident: {warm >> 20} MiB after 200 steps, {end >> 20} MiB after 300");
    }

    // The library counts per thread. A batch is made on the loader's threads and freed on the training thread, whose count therefore falls by
    // the batch's tensors at each step: N images in one tensor and N masks. Two steps apart, since gradients may be added up over two;
    // not the first ones, in which the optimizer makes its state.
    private static void AssertSteady(TrainerRun run, bool hasMasks)
    {
        var batch = hasMasks ? 3 : 1;
        var changes = run.LiveTensors.Skip(4).Zip(run.LiveTensors.Skip(2), (now, before) => now - before).ToList();
        Assert.NotEmpty(changes);
        Assert.All(changes, change => Assert.Equal(-2 * batch, change));
    }
}
