using static TorchSharp.torch;

namespace DetectorDsl.Torch.Losses;

/// <summary>Adds up what the processes of a training run have counted in a step, so that all of them go on with the same numbers.</summary>
public interface IProcessSum
{
    /// <summary>Replaces values by their sum over all processes; returns when every process has called it.</summary>
    /// <param name="values">What this process has counted in the step, changed in place.</param>
    void Sum(Tensor values);
}
