using DetectorDsl.Generators.Diagnostics;
using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;

namespace DetectorDsl.Generators.Planning;

/// <summary>What every planner of a declaration needs: the declaration, its names and options, and where problems go.</summary>
internal sealed class PlanContext
{
    private readonly List<Problem> problems = [];

    public PlanContext(DetectorSpec spec, TrainerOptionNames options)
    {
        Spec = spec;
        Names = DeclarationNames.Of(spec);
        Classes = spec.Categories?.Categories.Count ?? 0;
        Options = options;
        Offers = OffersOf(spec);
    }

    public DetectorSpec Spec { get; }

    public DeclarationNames Names { get; }

    /// <summary>C, foreground classes.</summary>
    public int Classes { get; }

    /// <summary>Size of the images for which multiply-adds are counted: those of inference, landscape.</summary>
    public ImageSize ImageSize => new(Padded("ShortSide"), Padded("LongSide"));

    /// <summary>What the trainer offers as options.</summary>
    public TrainerOptionNames Options { get; }

    /// <summary>What is offered to modules at every place of the declaration.</summary>
    public Surroundings Offers { get; }

    public EquatableArray<Problem> Reported => problems.ToEquatableArray();

    public void Report(Problem problem) => problems.Add(problem);

    /// <summary>Makes the object that does a component's work; null, and a problem, where nothing of ours or the user's does.</summary>
    public ObjectCode? Make(ComponentValue component, Surroundings surroundings)
    {
        if (component.Info.Module is { } module)
        {
            return UserModule.Make(component, module, surroundings, this);
        }

        if (LibraryModules.All.FirstOrDefault(candidate => component.Info.Is(candidate.Component)) is { } library)
        {
            return library.Make(new ModuleArguments(component, surroundings, Options));
        }

        Report(Problems.ComponentNotUsable(component.Origin, component.Name, "no [Module] attribute names the class that does its work"));
        return null;
    }

    /// <summary>The same for an object that a member of the generated types shows: of a public declaration, these are public.</summary>
    public ObjectCode? MakeShown(ComponentValue component, Surroundings surroundings)
    {
        if (component.Info.Module is not { IsPublic: false } module || Names.Accessibility != "public")
        {
            return Make(component, surroundings);
        }

        Report(
            Problems.ComponentNotUsable(
                component.Origin,
                component.Name,
                $"{module.GlobalName} is internal, and the public types of {Names.Name} would show it. Make it public, or {Names.Name} internal"
            )
        );
        return null;
    }

    /// <summary>The buffers of the object that <see cref="Make" /> makes; null of a class of the user's own.</summary>
    public EquatableArray<StateTensor>? State(ComponentValue component) =>
        component.Info.Module is null
        && LibraryModules.All.FirstOrDefault(candidate => component.Info.Is(candidate.Component)) is { } library
            ? library.Buffers(Classes).ToEquatableArray()
            : null;

    /// <summary>A property of a slot's component as C# text: the option where the trainer has one, else the literal.</summary>
    public string Value(string slot, string property) =>
        new ModuleArguments(Spec.Component(slot), Surroundings.None, Options).Value(property);

    private static Surroundings OffersOf(DetectorSpec spec) =>
        spec.Categories is not { } set
            ? Surroundings.None
            : new Surroundings()
                .With("classes", set.Categories.Count)
                .With("classCounts", ValueCode.Numbers(set.Categories.Select(static category => category.InstanceCount)))
                .With("imageCounts", $"{CSharpLiteral.OfType(set.TypeName)}.ImageCounts");

    private int Padded(string side)
    {
        var preprocessing = Spec.Component("Preprocessing");
        var multiple = preprocessing.Integer("PadTo");
        return (preprocessing.Integer(side) + multiple - 1) / multiple * multiple;
    }
}
