using DetectorDsl.Generators.Models;
using DetectorDsl.Generators.Planning.Shapes;
using DetectorDsl.Generators.Planning.Structure;
using DetectorDsl.Generators.Primitives;
using DetectorDsl.Generators.Rendering;

namespace DetectorDsl.Generators.Planning.Code;

/// <summary>An object that generated code makes: its type, and the expression that makes it.</summary>
internal sealed record ObjectCode(string Type, string Construction)
{
    public static ObjectCode New(string type, params IEnumerable<string> arguments) =>
        new(type, $"new {type}({string.Join(", ", arguments)})");

    /// <summary>As a field's initialiser, where the type stands to the left already.</summary>
    public string Initializer =>
        Construction.StartsWith($"new {Type}(", StringComparison.Ordinal) ? "new" + Construction.Substring(4 + Type.Length) : Construction;
}

/// <summary>A field of a generated class.</summary>
internal sealed record FieldPlan(string Name, ObjectCode Code, string Summary);

/// <summary>One generated file: what it is about, the template that prints it, and what the template prints.</summary>
internal abstract record FilePlan(string Aspect, string Template, DeclarationNames Names);

/// <summary>How a declaration and its generated types are called.</summary>
internal sealed record DeclarationNames(string Namespace, string Name, string Accessibility, string Summary)
{
    /// <summary>Names that types beside the declaration have, of those that are generated for it.</summary>
    public EquatableArray<string> TakenNames { get; init; } = [];

    /// <summary>Names beside the declaration that hide what generated code imports.</summary>
    public EquatableArray<HiddenName> HiddenNames { get; init; } = [];

    public static DeclarationNames Of(DetectorSpec spec) =>
        new(spec.Namespace, spec.Name, spec.Accessibility, spec.Summary) { TakenNames = spec.TakenNames, HiddenNames = spec.HiddenNames };

    public bool HasNamespace => Namespace.Length > 0;

    /// <summary>The namespace as C# spells it.</summary>
    public string NamespaceCode => CSharpLiteral.Path(Namespace);

    /// <summary>The record as C# spells it; with anything behind it, <see cref="Name" /> is no keyword.</summary>
    public string Identifier => CSharpLiteral.Identifier(Name);

    public string FullName => HasNamespace ? $"{Namespace}.{Name}" : Name;
}

/// <summary>A part of the module graph: how it is made, the file that holds its class where we write it, its rows.</summary>
internal sealed record PartPlan(ObjectCode Code, FilePlan? File, EquatableArray<DescriptionRow> Rows)
{
    /// <summary>A part whose layers are stated.</summary>
    /// <param name="code">How it is made.</param>
    /// <param name="file">The file that holds its class where we write it.</param>
    /// <param name="modules">Its layers, for each place where one of the class stands.</param>
    public static PartPlan Of(ObjectCode code, FilePlan? file, params IEnumerable<ModuleLayers> modules)
    {
        var all = modules.ToEquatableArray();
        return new(code, file, all.SelectMany(static layers => layers.Rows).ToEquatableArray()) { Modules = all };
    }

    /// <summary>Its layers, for each place where one of the class stands; empty where they are unknown, as of classes of the user's own.</summary>
    public EquatableArray<ModuleLayers> Modules { get; init; } = [];

    /// <summary>Its losses: no layers, but their buffers stand in the state dict.</summary>
    public IEnumerable<DescriptionRow> Losses => Modules.SelectMany(static layers => layers.Losses);
}
