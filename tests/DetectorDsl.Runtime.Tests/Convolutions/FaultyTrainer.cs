using System.Collections.Immutable;
using System.CommandLine;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Detection.Inference;
using DetectorDsl.Detection.Preparation;
using DetectorDsl.Evaluation;
using DetectorDsl.Hosting.Trainers;
using DetectorDsl.Structures;
using DetectorDsl.Torch.Convolutions;
using DetectorDsl.Torch.Layers;
using DetectorDsl.Training;
using DetectorDsl.Weights;
using DetectorDsl.Weights.Naming;
using static TorchSharp.torch;

namespace DetectorDsl.Runtime.Tests.Convolutions;

/// <summary>A network that ends the process as soon as the library convolves, as some machines do.</summary>
internal sealed class FaultyTrainer : DetectorTrainer
{
    public static readonly ImagePreparation Preparation = new([0, 0, 0], [1, 1, 1], 32, 64, 96);

    public override string Name => "Faulty";

    public override string Summary => "";

    public override string Description => "";

    public override string State => "";

    public override string Configuration => "{}";

    public override string ConfigurationHash => "";

    public override ImmutableArray<Category> Categories => [];

    public override EvaluationRules Rules => EvaluationRules.Coco;

    public override IReadOnlyList<Option> Options => [];

    public override ModelNames Names => ModelNames.None;

    public override nn.Module CreateModel() => new Network();

    public override IImageDetector OpenUntrained(nn.Module model) => new Detector((Network)model);

    public override void Train(TrainingRequest request, CancellationToken cancellation) => throw new NotSupportedException();

    public override TrainingBatches OpenBatches(ParseResult arguments, DetectionDataset data, long seed) =>
        throw new NotSupportedException();

    public override IImageDetector Open(ParseResult arguments, Device device, WeightsSource checkpoint) =>
        throw new NotSupportedException();

    private sealed class Network : nn.Module<Tensor, Tensor>
    {
        private readonly Convolution2d first = Initialize.KaimingConvolution(3, 256, kernel: 1);
        private readonly Convolution2d second = Initialize.KaimingConvolution(256, 256, kernel: 1);

        public Network()
            : base(nameof(Network)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            if (!ConvolutionForm.Current.PointwiseAsProducts)
            {
                Environment.FailFast("As the processor stops the process on some machines.");
            }

            using var scope = NewDisposeScope();
            return second.call(first.call(input)).MoveToOuterDisposeScope();
        }
    }

    private sealed class Detector(Network network) : IImageDetector
    {
        public bool HasMasks => false;

        public Device Device => CPU;

        public ImagePreparation Preparation => FaultyTrainer.Preparation;

        public ImageDetections[] Detect(Tensor images, IReadOnlyList<ImageShape> shapes)
        {
            using var untracked = no_grad();
            network.call(images).Dispose();
            return [];
        }

        public void Dispose() => network.Dispose();
    }
}
