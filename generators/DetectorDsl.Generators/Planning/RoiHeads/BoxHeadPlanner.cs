using System.Collections.Immutable;
using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Classification;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Planning.Structure;

namespace DetectorDsl.Generators.Planning.RoiHeads;

/// <summary>Plans one kind of box head.</summary>
internal abstract class BoxHeadPlanner
{
    private static readonly ImmutableArray<BoxHeadPlanner> Kinds = [new FullyConnectedBoxHeadPlanner(), new SideAwareBoxHeadPlanner()];

    /// <summary>Metadata name of the component that all of the kind derive from.</summary>
    protected abstract string Component { get; }

    /// <summary>Plans a box head; null, and a problem, where it cannot be made.</summary>
    /// <param name="component">The head.</param>
    /// <param name="features">What it reads.</param>
    /// <param name="regions">Regions of an image at inference.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="context">The declaration.</param>
    public static BoxHeadPlan? Of(ComponentValue component, RoiFeatures features, int regions, HeadPlace place, PlanContext context)
    {
        if (Kinds.FirstOrDefault(kind => component.Info.Is(kind.Component)) is { } planner)
        {
            return planner.Plan(component, features, regions, place, context);
        }

        context.Report(
            Problems.ComponentNotUsable(
                component.Origin,
                component.Name,
                "box heads of one's own are not supported; derive from FullyConnectedBoxHead or SideAwareBoxHead"
            )
        );
        return null;
    }

    protected abstract BoxHeadPlan? Plan(ComponentValue component, RoiFeatures features, int regions, HeadPlace place, PlanContext context);

    /// <summary>What heads of every kind are made of; null, and a problem, where a part cannot be made.</summary>
    protected static BoxHeadParts? Parts(ComponentValue component, ClassificationPlan classification, PlanContext context)
    {
        var classifier = context.Make(
            component.Component("Classifier"),
            new Surroundings()
                .With("inFeatures", component.Integer("Width"))
                .With("outFeatures", classification.LogitCount)
                .With("classes", context.Classes)
        );
        var boxLoss = context.Make(component.Component("BoxLoss"), new Surroundings().With("classes", context.Classes));
        var coder = context.MakeShown(component.Component("BoxCoder"), Surroundings.None);
        return classifier is null || boxLoss is null || coder is null ? null : new(classification, classifier, boxLoss, coder);
    }

    /// <summary>Fully connected layers with ReLU behind each.</summary>
    /// <param name="head">The head, which states how many, and their width.</param>
    /// <param name="inputs">What the first reads.</param>
    /// <param name="regions">Regions of an image at inference.</param>
    protected static IReadOnlyList<LinearLayer> FullyConnected(ComponentValue head, int inputs, int regions)
    {
        var width = head.Integer("Width");
        return
        [
            .. Enumerable
                .Range(0, head.Integer("Layers"))
                .Select(index => new LinearLayer(index == 0 ? inputs : width, width)
                {
                    Initial = InitialWeights.Xavier,
                    Activation = Activation.Relu,
                    Places = regions,
                    Shape = $"R x {width}",
                }),
        ];
    }

    /// <summary>The last layer of the classification.</summary>
    protected static LeafLayer Classifier(ComponentValue head, BoxHeadParts parts, int regions)
    {
        var (component, logits) = (head.Component("Classifier"), parts.Classification.LogitCount);
        LeafLayer layer = component.Info.Module is null
            ? new LinearLayer(head.Integer("Width"), logits) { Code = parts.Classifier, Kind = component.Name }
            : new OwnLayer(parts.Classifier, component.Name);
        return layer with { Places = regions, Shape = $"R x {logits}", IsPerClass = true };
    }

    /// <summary>The head's part of the model: its rows and names for each pass that has one, with weights of its own.</summary>
    protected static PartPlan Part(FilePlan file, HeadPlace place, Func<int?, ModuleLayers> layers, PlanContext context) =>
        PartPlan.Of(ObjectCode.New($"{context.Names.Name}BoxHead{place.Suffix}"), file, place.Passes.Select(layers));
}

/// <summary>What box heads of every kind are made of.</summary>
/// <param name="Classification">The classification loss.</param>
/// <param name="Classifier">The last layer of the classification.</param>
/// <param name="BoxLoss">The loss of the boxes.</param>
/// <param name="Coder">The form of the boxes.</param>
internal sealed record BoxHeadParts(ClassificationPlan Classification, ObjectCode Classifier, ObjectCode BoxLoss, ObjectCode Coder);
