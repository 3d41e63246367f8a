using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Primitives;

namespace DetectorDsl.Generators.Resolving.Text;

/// <summary>Definitions of components as terms and back.</summary>
internal static class ComponentTerms
{
    public const string Head = "component";

    public static Term Write(ComponentDefinition definition) =>
        Term.List(
            Term.Of(Head),
            Term.Of(definition.BaseType),
            definition.IsBroken.ToTerm(),
            Term.Of(definition.Summary),
            Term.List(definition.Members.Select(MemberTerms.Write)),
            ExpressionTerms.Write(definition.BaseArguments),
            Write(definition.Module),
            Write(definition.OutputLevels),
            definition.LossTerms.ToTerm(),
            definition.Logits is { } logits
                ? Term.List(logits.Extra.ToTerm(), logits.Dense.ToTerm(), logits.PerRegion.ToTerm())
                : Term.List(),
            definition.LossNeeds is { } needs
                ? Term.List(needs.ClassFrequencies.ToTerm(), needs.StepSeed.ToTerm(), needs.Objects.ToTerm())
                : Term.List()
        );

    public static ComponentDefinition Read(string typeName, Term term) =>
        new()
        {
            TypeName = typeName,
            BaseType = term.Item(1).Text,
            IsBroken = term.Item(2).Truth,
            Summary = term.Item(3).Text,
            Members = term.Item(4).Items.Select(member => MemberTerms.Read(typeName, member)).ToEquatableArray(),
            BaseArguments = ExpressionTerms.ReadAssignments(term.Item(5), Origin.OfMember(typeName, Origin.Base)),
            Module = term.Item(6).Optional is { } module ? ReadModule(module) : null,
            OutputLevels = term.Item(7).Optional is { } levels ? ReadLevels(levels) : null,
            LossTerms = term.Item(8).ToTexts(),
            Logits = term.Item(9).Optional is { } logits
                ? new LogitsInfo(logits.Item(0).Integer, logits.Item(1).Truth, logits.Item(2).Truth)
                : null,
            LossNeeds = term.Item(10).Optional is { } needs
                ? new LossNeedsInfo(needs.Item(0).Truth, needs.Item(1).Truth, needs.Item(2).Truth)
                : null,
        };

    private static Term Write(ModuleInfo? module) =>
        module is null
            ? Term.List()
            : Term.List(
                module
                    .Parameters.Select(parameter =>
                        Term.List(Term.Of(parameter.Name), Term.Of(parameter.Type), parameter.HasDefault.ToTerm())
                    )
                    .Prepend(Term.Of(module.GlobalName))
            );

    private static ModuleInfo ReadModule(Term term) =>
        new(
            term.Head,
            term.Tail.Select(parameter => new ModuleParameter(parameter.Item(0).Text, parameter.Item(1).Text, parameter.Item(2).Truth))
                .ToEquatableArray()
        );

    private static Term Write(OutputLevelsInfo? levels) =>
        levels is null
            ? Term.List()
            : Term.List(levels.Channels.ToTerm(), levels.ChannelsFrom.ToTerm(), levels.Strides.ToTerm(), levels.StridesFrom.ToTerm());

    private static OutputLevelsInfo ReadLevels(Term term) =>
        new(term.Item(0).ToIntegers(), term.Item(1).Optional?.Text, term.Item(2).ToIntegers(), term.Item(3).Optional?.Text);
}
