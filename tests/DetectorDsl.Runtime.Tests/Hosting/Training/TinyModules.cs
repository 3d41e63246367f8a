using DetectorDsl.Detection.Preparation;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using CrossEntropyLoss = DetectorDsl.Torch.Losses.CrossEntropyLoss;

namespace DetectorDsl.Runtime.Tests.Hosting.Training;

/// <summary>A module small enough to train in a test.</summary>
public abstract class TinyModule(string name) : nn.Module(name)
{
    public abstract string[] Terms { get; }

    public abstract Tensor[] Losses(DetectionBatch batch, long step);

    /// <summary>N x 3: mean colour of each image, whatever it was padded to.</summary>
    protected static Tensor MeanColours(DetectionBatch batch) =>
        batch.Images.sum([2, 3]) / tensor(batch.Shapes.Select(shape => (float)(shape.Height * shape.Width)).ToArray()).unsqueeze(1);

    protected static Tensor Labels(DetectionBatch batch) => tensor(batch.Truths.Select(truth => truth.Labels[0]).ToArray());

    /// <summary>N x 4: the first box of each image, in units of 80 pixels.</summary>
    protected static Tensor Boxes(DetectionBatch batch) =>
        tensor(batch.Truths.SelectMany(truth => truth.Boxes.Take(4)).ToArray()).reshape(-1, 4) / 80;
}

/// <summary>A little of everything that a resumed run must bring back: weights, running means, random numbers.</summary>
public sealed class TinyDetector : TinyModule
{
    private readonly Linear hidden = nn.Linear(3, 8);
    private readonly BatchNorm1d norm = nn.BatchNorm1d(8);
    private readonly Dropout dropout = nn.Dropout(0.3);
    private readonly Linear classes = nn.Linear(8, 2);
    private readonly Linear boxes = nn.Linear(8, 4);

    public TinyDetector()
        : base(nameof(TinyDetector)) => RegisterComponents();

    public override string[] Terms => ["loss_cls", "loss_bbox"];

    public override Tensor[] Losses(DetectionBatch batch, long step)
    {
        var features = dropout.call(nn.functional.relu(norm.call(hidden.call(MeanColours(batch)))));
        return
        [
            nn.functional.cross_entropy(classes.call(features), Labels(batch)),
            nn.functional.l1_loss(boxes.call(features), Boxes(batch)),
        ];
    }
}

/// <summary>One linear layer with a squared loss, the mean over images: gradients of two half batches average to that of the whole.</summary>
public sealed class LinearDetector : TinyModule
{
    private readonly Linear boxes = nn.Linear(3, 4);

    public LinearDetector()
        : base(nameof(LinearDetector)) => RegisterComponents();

    public override string[] Terms => ["loss_bbox"];

    public override Tensor[] Losses(DetectionBatch batch, long step) =>
        [nn.functional.mse_loss(boxes.call(MeanColours(batch)), Boxes(batch))];
}

/// <summary>A linear layer with something wrong from one step on.</summary>
public sealed class FailingDetector : TinyModule
{
    private readonly Linear boxes = nn.Linear(3, 4);
    private readonly long failingStep;
    private readonly Func<Tensor, Tensor> fault;

    public FailingDetector(long failingStep, Func<Tensor, Tensor> fault)
        : base(nameof(FailingDetector))
    {
        (this.failingStep, this.fault) = (failingStep, fault);
        RegisterComponents();
    }

    public override string[] Terms => ["loss_good", "loss_bad"];

    public override Tensor[] Losses(DetectionBatch batch, long step)
    {
        var output = boxes.call(MeanColours(batch));
        var loss = nn.functional.mse_loss(output, Boxes(batch));
        return [loss, step == failingStep ? fault(output) : output.pow(2).mean()];
    }
}

/// <summary>A classifier whose loss keeps sums of gradients where it is asked to.</summary>
public sealed class WatchedDetector : TinyModule
{
    private readonly Linear classes = nn.Linear(3, 3);
    private readonly CrossEntropyLoss loss_cls = new(2);

    public WatchedDetector()
        : base(nameof(WatchedDetector)) => RegisterComponents();

    public override string[] Terms => ["loss_cls"];

    public override Tensor[] Losses(DetectionBatch batch, long step)
    {
        var labels = Labels(batch);
        return [loss_cls.forward(loss_cls.Watched(classes.call(MeanColours(batch)), labels), labels, null, 1)];
    }
}
