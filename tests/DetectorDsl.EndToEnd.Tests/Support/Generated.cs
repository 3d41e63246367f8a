using DetectorDsl.EndToEnd.Tests.Declarations;
using DetectorDsl.Hosting.Trainers;
using static TorchSharp.torch;

namespace DetectorDsl.EndToEnd.Tests.Support;

/// <summary>The generated types of a declaration behind one face.</summary>
/// <param name="Name">Of the declaration.</param>
/// <param name="Model">Makes the model.</param>
/// <param name="Parameters">Counted at compile time; null where a part of the user's own hides them.</param>
/// <param name="Trainer">Makes the trainer; null for a declaration too large to train here.</param>
/// <param name="HasMasks">Whether batches hold masks.</param>
public sealed record Generated(string Name, Func<nn.Module> Model, long? Parameters, Func<DetectorTrainer> Trainer, bool HasMasks = true)
{
    private static readonly Generated[] Tiny =
    [
        new(
            nameof(CrossEntropyMaskRcnn),
            () => new CrossEntropyMaskRcnnModel(),
            CrossEntropyMaskRcnnDescription.Parameters,
            () => new CrossEntropyMaskRcnnTrainer()
        ),
        new(
            nameof(SeesawMaskRcnn),
            () => new SeesawMaskRcnnModel(),
            SeesawMaskRcnnDescription.Parameters,
            () => new SeesawMaskRcnnTrainer()
        ),
        new(nameof(FocalMaskRcnn), () => new FocalMaskRcnnModel(), FocalMaskRcnnDescription.Parameters, () => new FocalMaskRcnnTrainer()),
        new(
            nameof(ObjectnessMaskRcnn),
            () => new ObjectnessMaskRcnnModel(),
            ObjectnessMaskRcnnDescription.Parameters,
            () => new ObjectnessMaskRcnnTrainer()
        ),
        new(
            nameof(PlainFasterRcnn),
            () => new PlainFasterRcnnModel(),
            PlainFasterRcnnDescription.Parameters,
            () => new PlainFasterRcnnTrainer(),
            HasMasks: false
        ),
        new(
            nameof(GroupNormMaskRcnn),
            () => new GroupNormMaskRcnnModel(),
            GroupNormMaskRcnnDescription.Parameters,
            () => new GroupNormMaskRcnnTrainer()
        ),
        new(
            nameof(BottleneckMaskRcnn),
            () => new BottleneckMaskRcnnModel(),
            BottleneckMaskRcnnDescription.Parameters,
            () => new BottleneckMaskRcnnTrainer()
        ),
        new(
            nameof(GuidedFasterRcnn),
            () => new GuidedFasterRcnnModel(),
            GuidedFasterRcnnDescription.Parameters,
            () => new GuidedFasterRcnnTrainer(),
            HasMasks: false
        ),
        new(
            nameof(GuidedCascadeMaskRcnn),
            () => new GuidedCascadeMaskRcnnModel(),
            GuidedCascadeMaskRcnnDescription.Parameters,
            () => new GuidedCascadeMaskRcnnTrainer()
        ),
        new(
            nameof(GuidedRetinaNet),
            () => new GuidedRetinaNetModel(),
            GuidedRetinaNetDescription.Parameters,
            () => new GuidedRetinaNetTrainer(),
            HasMasks: false
        ),
        new(
            nameof(SeesawCascadeMaskRcnn),
            () => new SeesawCascadeMaskRcnnModel(),
            SeesawCascadeMaskRcnnDescription.Parameters,
            () => new SeesawCascadeMaskRcnnTrainer()
        ),
        new(
            nameof(TinyCascadeRcnn),
            () => new TinyCascadeRcnnModel(),
            TinyCascadeRcnnDescription.Parameters,
            () => new TinyCascadeRcnnTrainer(),
            HasMasks: false
        ),
        new(
            nameof(GroupedCascadeRcnn),
            () => new GroupedCascadeRcnnModel(),
            GroupedCascadeRcnnDescription.Parameters,
            () => new GroupedCascadeRcnnTrainer(),
            HasMasks: false
        ),
        new(
            nameof(DeformableMaskRcnn),
            () => new DeformableMaskRcnnModel(),
            DeformableMaskRcnnDescription.Parameters,
            () => new DeformableMaskRcnnTrainer()
        ),
        new(
            nameof(TinyCarafeMaskRcnn),
            () => new TinyCarafeMaskRcnnModel(),
            TinyCarafeMaskRcnnDescription.Parameters,
            () => new TinyCarafeMaskRcnnTrainer()
        ),
        new(
            nameof(TinyLibraMaskRcnn),
            () => new TinyLibraMaskRcnnModel(),
            TinyLibraMaskRcnnDescription.Parameters,
            () => new TinyLibraMaskRcnnTrainer()
        ),
        new(
            nameof(TinyLibraRetinaNet),
            () => new TinyLibraRetinaNetModel(),
            TinyLibraRetinaNetDescription.Parameters,
            () => new TinyLibraRetinaNetTrainer(),
            HasMasks: false
        ),
        new(
            nameof(PrimeSampleFasterRcnn),
            () => new PrimeSampleFasterRcnnModel(),
            PrimeSampleFasterRcnnDescription.Parameters,
            () => new PrimeSampleFasterRcnnTrainer(),
            HasMasks: false
        ),
        new(
            nameof(PrimeSampleRetinaNet),
            () => new PrimeSampleRetinaNetModel(),
            PrimeSampleRetinaNetDescription.Parameters,
            () => new PrimeSampleRetinaNetTrainer(),
            HasMasks: false
        ),
        new(
            nameof(PrimeSampleSeesawMaskRcnn),
            () => new PrimeSampleSeesawMaskRcnnModel(),
            PrimeSampleSeesawMaskRcnnDescription.Parameters,
            () => new PrimeSampleSeesawMaskRcnnTrainer()
        ),
        new(
            nameof(SideAwareFasterRcnn),
            () => new SideAwareFasterRcnnModel(),
            SideAwareFasterRcnnDescription.Parameters,
            () => new SideAwareFasterRcnnTrainer(),
            HasMasks: false
        ),
        new(
            nameof(SideAwareCascadeRcnn),
            () => new SideAwareCascadeRcnnModel(),
            SideAwareCascadeRcnnDescription.Parameters,
            () => new SideAwareCascadeRcnnTrainer(),
            HasMasks: false
        ),
        new(
            nameof(SideAwareSeesawMaskRcnn),
            () => new SideAwareSeesawMaskRcnnModel(),
            SideAwareSeesawMaskRcnnDescription.Parameters,
            () => new SideAwareSeesawMaskRcnnTrainer()
        ),
        new(nameof(TinyHtc), () => new TinyHtcModel(), TinyHtcDescription.Parameters, () => new TinyHtcTrainer()),
        new(nameof(SeesawHtcLite), () => new SeesawHtcLiteModel(), SeesawHtcLiteDescription.Parameters, () => new SeesawHtcLiteTrainer()),
        new(
            nameof(TinyRetinaNet),
            () => new TinyRetinaNetModel(),
            TinyRetinaNetDescription.Parameters,
            () => new TinyRetinaNetTrainer(),
            HasMasks: false
        ),
        new(nameof(TinyFcos), () => new TinyFcosModel(), TinyFcosDescription.Parameters, () => new TinyFcosTrainer(), HasMasks: false),
        new(
            nameof(OwnPartsMaskRcnn),
            () => new OwnPartsMaskRcnnModel(),
            OwnPartsMaskRcnnDescription.Parameters,
            () => new OwnPartsMaskRcnnTrainer()
        ),
        new(
            nameof(HookedMaskRcnn),
            () => new HookedMaskRcnnModel(),
            HookedMaskRcnnDescription.Parameters,
            () => new HookedMaskRcnnTrainer()
        ),
    ];

    private static readonly Generated Full = new(
        nameof(LvisSeesawMaskRcnn),
        () => new LvisSeesawMaskRcnnModel(),
        LvisSeesawMaskRcnnDescription.Parameters,
        () => new LvisSeesawMaskRcnnTrainer()
    );

    public static TheoryData<string> TinyNames => [.. Tiny.Select(generated => generated.Name)];

    public static TheoryData<string> Countable =>
        [.. Tiny.Append(Full).Where(generated => generated.Parameters is not null).Select(generated => generated.Name)];

    public static Generated Of(string name) => Tiny.Append(Full).Single(generated => generated.Name == name);
}
