using DetectorDsl.Annotations;
using DetectorDsl.Data.Rendering;

namespace DetectorDsl.Data.Tests.Rendering;

[CollectionDefinition(nameof(DefaultStep))]
public sealed class DefaultStepCollection : ICollectionFixture<DefaultStep>;

/// <summary>The default step, rendered once for all tests of its content.</summary>
public sealed class DefaultStep : IDisposable
{
    private readonly TempFolder folder = new();

    public DefaultStep()
    {
        RenderedDataSet.Write(folder.Path, RenderedStep.Default);
        (Train, Balanced, Natural) = (Read("train"), Read("val"), Read("val_natural"));
    }

    public AnnotationSet Train { get; }

    public AnnotationSet Balanced { get; }

    public AnnotationSet Natural { get; }

    public IEnumerable<(string Name, AnnotationSet Set)> Splits => [("train", Train), ("val", Balanced), ("val_natural", Natural)];

    public string this[string name] => folder[name];

    public void Dispose() => folder.Dispose();

    private AnnotationSet Read(string split) => AnnotationReader.Read(folder[$"{split}.json"]);
}
