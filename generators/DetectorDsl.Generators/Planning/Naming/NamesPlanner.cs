using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Structure;
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
            context.Value("Preprocessing", "Std"),
            parts.SelectMany(static part => part.Modules).SelectMany(static module => module.Leaves).Select(Row).ToEquatableArray()
        );

    private static NamesRow Row(NamedLeaf leaf) =>
        new(
            string.Join(
                ", ",
                new[] { leaf.Name, leaf.Layer.Elsewhere.Torchvision, leaf.Layer.Elsewhere.Detectron2 }.Select(static name =>
                    CSharpLiteral.Of(name)
                )
            ),
            Settings(leaf.Layer, leaf.Layer.Elsewhere).ToEquatableArray()
        );

    private static IEnumerable<string> Settings(LeafLayer layer, OtherNames names)
    {
        if (names.EarlierTorchvision is { } earlier)
        {
            yield return $"EarlierTorchvision = {CSharpLiteral.Of(earlier)}";
        }
        if (names.TorchvisionRows is { } torchvision)
        {
            yield return $"TorchvisionRows = {torchvision}";
        }
        if (names.Detectron2Rows is { } detectron2)
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
