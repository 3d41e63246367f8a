namespace DetectorDsl.EndToEnd.Tests.Support;

/// <summary>Torch has one generator and one count of tensors, and hooks are static: these tests run one after the other, over the same data.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TorchCollection : ICollectionFixture<SmallData>
{
    public const string Name = "torch";
}
