using DetectorDsl.Detection.Preparation;
using DetectorDsl.EndToEnd.Tests.Support;
using DetectorDsl.EndToEnd.Tests.Torchvision;
using DetectorDsl.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.EndToEnd.Tests.Mmdetection;

/// <summary>Whole detectors as mmdetection computes them: unequal images, one without objects, one with a crowd; nested objects.</summary>
[Collection(TorchCollection.Name)]
public sealed class WholeDetectorTests(SmallData data)
{
    public static TheoryData<string> Detectors => PublishedDetectors.Names;

    [Theory]
    [MemberData(nameof(Detectors))]
    public void FeaturesLossesAndGradients(string name)
    {
        var (fixture, detector) = (new Fixture(name), PublishedDetectors.Of(name));
        using var scope = NewDisposeScope();
        using var model = Model(fixture, detector, ScalarType.Float64);
        using var batch = ReferenceInputs.Training(ScalarType.Float64);
        using (no_grad())
        {
            fixture.CheckFeatures(detector.Pyramid(model, batch.Images), 1e-9);
        }

        var objective = Train(detector, model, batch);
        fixture.CheckLosses("losses", ByName(objective), 1e-6);
        objective.Total.backward();
        fixture.CheckGradients(model, 1e-6);
    }

    [Theory]
    [MemberData(nameof(Detectors))]
    public void LossesInSinglePrecision(string name)
    {
        var (fixture, detector) = (new Fixture(name), PublishedDetectors.Of(name));
        using var scope = NewDisposeScope();
        using var model = Model(fixture, detector, ScalarType.Float32);
        using var batch = ReferenceInputs.Training(ScalarType.Float32);
        fixture.CheckLosses("losses_in_single_precision", ByName(Train(detector, model, batch)), 2e-5);
    }

    [Theory]
    [MemberData(nameof(Detectors))]
    public void Detections(string name)
    {
        var (fixture, detector) = (new Fixture(name), PublishedDetectors.Of(name));
        using var scope = NewDisposeScope();
        using var model = Model(fixture, detector, ScalarType.Float64);
        model.eval();
        fixture.CheckDetections([
            .. ReferenceInputs
                .Detection(ScalarType.Float64, fixture.OneByOne)
                .SelectMany(input => detector.Detect(model, input.Images, input.Shapes)),
        ]);
    }

    private static nn.Module Model(Fixture fixture, PublishedDetector detector, ScalarType precision)
    {
        var model = detector.Model();
        model.to(precision);
        fixture.Fill(model);
        model.train();
        return model;
    }

    private static Dictionary<string, double> ByName(PublishedDetector.Objective objective) =>
        objective.Terms.Zip(Expect.Values(objective.Values)).ToDictionary(term => term.First, term => term.Second);

    private PublishedDetector.Objective Train(PublishedDetector detector, nn.Module model, DetectionBatch batch)
    {
        using var folder = new TemporaryFolder();
        return detector.Train(model, ReferenceCase.Data(data, folder, FiveClasses.All), batch);
    }
}
