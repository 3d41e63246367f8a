using Xunit;

namespace DetectorDsl.Runtime.Tests.Hosting.Training;

/// <summary>Torch has one generator of random numbers for the whole process: tests that compare what it gave run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TorchGeneratorCollection
{
    public const string Name = "torch's generator";
}
