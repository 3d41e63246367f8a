namespace DetectorDsl;

/// <summary>What every declared detector states, whatever its architecture.</summary>
[Detector]
public abstract partial record Detector
{
    /// <summary>The backbone. A detector has to name one.</summary>
    public abstract Backbone Backbone { get; }

    /// <summary>What fuses the backbone's feature maps. Default: a feature pyramid of five levels with 256 channels.</summary>
    public virtual Neck Neck => new Fpn();

    /// <summary>Which scored boxes become detections. Default: COCO's rules.</summary>
    public virtual DetectionSelection Detections => new();

    /// <summary>What is done to every image. Default: ImageNet's mean and std, 1,333 x 800 pixels.</summary>
    public virtual Preprocessing Preprocessing => new();

    /// <summary>Where the trainer finds its images when the command line names none. Default null: the command line has to.</summary>
    public virtual DataSource? Data => null;

    /// <summary>Changes of training images, in order. Default: resize to 1,333 x 800 and mirror every second image.</summary>
    public virtual ValueList<Augmentation> Augmentations => [new Resize([800], 1333), new HorizontalFlip()];

    /// <summary>In which order, and how often, training images are shown. Default: each once per epoch.</summary>
    public virtual ImageSampler TrainSampler => new RandomImages();

    /// <summary>How gradients become changes of the weights. Default: SGD, learning rate 0.02, momentum 0.9, weight decay 1e-4.</summary>
    public virtual Optimizer Optimizer => new Sgd();

    /// <summary>How the learning rate changes. Default: a tenth after epochs 8 and 11 (the 1x schedule).</summary>
    public virtual Schedule Schedule => new MultiStep([8, 11]);

    /// <summary>How long training lasts. Default: 12 epochs of 2 images a step.</summary>
    public virtual TrainingPlan Training => new();

    /// <summary>How the trained detector is scored. Default: COCO's rules.</summary>
    public virtual EvaluationPlan Evaluation => new();
}
