using DetectorDsl.Generators.Planning.Blocks;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Planning.Structure;

/// <summary>A normalisation of a number of channels, made by its factory: scale and shift, and the statistics of one that runs on those of former batches.</summary>
/// <remarks>Its own work is not counted, as is usual.</remarks>
internal sealed record NormalizationLayer(NormalizationPlan Norm, int Channels) : LeafLayer
{
    public override long MultiplyAdds => 0;

    public override IEnumerable<StateTensor> Tensors =>
        [
            new("weight", [Channels]),
            new("bias", [Channels]),
            .. Norm.HasStatistics
                ?
                [
                    new("running_mean", [Channels], IsLearnt: false),
                    new("running_var", [Channels], IsLearnt: false),
                    new("num_batches_tracked", [], IsLearnt: false, "int64"),
                ]
                : Array.Empty<StateTensor>(),
        ];

    protected override ObjectCode OwnCode => new("Module<Tensor, Tensor>", $"{Norm.Code}.Create({CSharpLiteral.Of(Channels)})");

    protected override string OwnKind => "normalisation";
}
