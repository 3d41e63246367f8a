namespace DetectorDsl.Zoo.Tests.Support;

/// <summary>Torch has one generator: these tests run one after the other, over the same data.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TorchCollection : ICollectionFixture<TwinData>
{
    public const string Name = "torch";
}
