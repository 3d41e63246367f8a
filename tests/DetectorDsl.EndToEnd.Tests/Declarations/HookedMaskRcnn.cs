using DetectorDsl.Detection.Preparation;
using DetectorDsl.Training;

namespace DetectorDsl.EndToEnd.Tests.Declarations;

/// <summary>A declaration whose training calls back.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record HookedMaskRcnn : TinyMaskRcnn;

/// <content>The user's moments.</content>
public sealed partial class HookedMaskRcnnTraining
{
    /// <summary>Before the first step.</summary>
    public static Action<HookedMaskRcnnTraining, TrainingRun>? Starting { get; set; }

    /// <summary>Before each step.</summary>
    public static Action<HookedMaskRcnnTraining, TrainingRun, DetectionBatch>? Before { get; set; }

    /// <summary>After each step.</summary>
    public static Action<HookedMaskRcnnTraining, TrainingRun, HookedMaskRcnnLosses>? After { get; set; }

    /// <summary>After each epoch.</summary>
    public static Action<HookedMaskRcnnTraining, TrainingRun>? AfterEpoch { get; set; }

    /// <summary>Forgets what was set.</summary>
    public static void Unhook() => (Starting, Before, After, AfterEpoch) = (null, null, null, null);

    partial void OnTrainingStarting(TrainingRun run) => Starting?.Invoke(this, run);

    partial void OnBeforeStep(TrainingRun run, DetectionBatch batch) => Before?.Invoke(this, run, batch);

    partial void OnAfterStep(TrainingRun run, HookedMaskRcnnLosses losses) => After?.Invoke(this, run, losses);

    partial void OnAfterEpoch(TrainingRun run) => AfterEpoch?.Invoke(this, run);
}
