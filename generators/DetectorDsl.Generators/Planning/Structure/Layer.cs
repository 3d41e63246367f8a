using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;

namespace DetectorDsl.Generators.Planning.Structure;

/// <summary>A layer, or a module of several. What generated code, descriptions, state dicts and names elsewhere say of it follows from here.</summary>
internal abstract record Layer
{
    private readonly ObjectCode? code;
    private readonly string? kind;

    /// <summary>Its class, and the expression that makes it with its first weights.</summary>
    public ObjectCode Code
    {
        get => code ?? OwnCode;
        init => code = value;
    }

    /// <summary>What descriptions call it.</summary>
    public string Kind
    {
        get => kind ?? OwnKind;
        init => kind = value;
    }

    /// <summary>The shape that it yields, in symbols; empty where nobody is told.</summary>
    public string Shape { get; init; } = "";

    /// <summary>Multiply-adds for one image.</summary>
    public abstract long MultiplyAdds { get; }

    /// <summary>Whether its layers and work are known; those of classes of the user's own are not.</summary>
    public virtual bool IsKnown => true;

    /// <summary>The layers with tensors of their own, under their names where this one has the given name.</summary>
    public abstract IEnumerable<NamedLeaf> Leaves(string name);

    /// <summary>Its rows in a description where it has the given name.</summary>
    public virtual IEnumerable<DescriptionRow> Rows(string name) => [new DescriptionRow(name, Kind, Shape, [new(name, this)])];

    protected abstract ObjectCode OwnCode { get; }

    protected abstract string OwnKind { get; }
}
