using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;

namespace DetectorDsl.Generators.Planning.Naming;

/// <summary>Plans the table of what other software calls a model's layers, from what each part says of its own.</summary>
internal static class NamesPlanner
{
    public static NamesFile Plan(IEnumerable<PartPlan> parts, PlanContext context) =>
        new(
            context.Names,
            context.Value("Preprocessing", "Mean"),
            context.Value("Preprocessing", "Deviation"),
            parts.SelectMany(static part => part.Names).Select(Row).ToEquatableArray()
        );

    private static NamesRow Row(LayerName layer) =>
        new(
            string.Join(", ", new[] { layer.Own, layer.Torchvision, layer.Detectron2 }.Select(static name => CSharpLiteral.Of(name))),
            Settings(layer).ToEquatableArray()
        );

    private static IEnumerable<string> Settings(LayerName layer)
    {
        if (layer.EarlierTorchvision is { } earlier)
        {
            yield return $"EarlierTorchvision = {CSharpLiteral.Of(earlier)}";
        }
        if (layer.TorchvisionRows is { } torchvision)
        {
            yield return $"TorchvisionRows = {torchvision}";
        }
        if (layer.Detectron2Rows is { } detectron2)
        {
            yield return $"Detectron2Rows = {detectron2}";
        }
        if (layer.IsPerClass)
        {
            yield return "IsPerClass = true";
        }
        if (layer.TakesPixels)
        {
            yield return "TakesPixels = true";
        }
    }
}
