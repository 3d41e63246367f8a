namespace DetectorDsl.EndToEnd.Tests.Declarations;

/// <summary>The recipe of Simple Copy-Paste.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record CopyPasteMaskRcnn : TinyMaskRcnn
{
    public override ValueList<Augmentation> Augmentations =>
        [new LargeScaleJitter(96, 96) { MinScale = 0.5, MaxScale = 1.5 }, new HorizontalFlip(), new CopyPaste()];
}

/// <summary>Mosaics of parts.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record MosaicMaskRcnn : TinyMaskRcnn
{
    public override ValueList<Augmentation> Augmentations =>
        [new RelativeCrop(), new Mosaic(96, 96) { MinVisible = 0.1 }, new RandomCrop(96, 96)];
}

/// <summary>SSD's recipe, without masks.</summary>
[Detector, Categories(typeof(SmallShapes))]
public partial record SsdAugmentedFasterRcnn : TinyFasterRcnn
{
    public override ValueList<Augmentation> Augmentations =>
        [new PhotometricDistortion(), new MinIouCrop(), new Resize([80, 96], 112), new HorizontalFlip()];
}

/// <summary>The weights of <see cref="CrossEntropyMaskRcnn" /> fit, its pixels do not.</summary>
[Detector]
public partial record OtherPixelsMaskRcnn : CrossEntropyMaskRcnn
{
    public override Preprocessing Preprocessing => base.Preprocessing with { Mean = [0, 0, 0] };
}
