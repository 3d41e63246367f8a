using System.Collections.Immutable;
using static TorchSharp.torch;

namespace DetectorDsl.Weights.Naming;

/// <summary>A weights file under the names, and in the layout, of a model: other software's names are translated, whatever has no counterpart keeps its own.</summary>
public sealed class NamedWeights : WeightsFile
{
    private readonly WeightsFile file;
    private readonly ModelNames names;
    private readonly NameTable table;
    private readonly ImmutableSortedDictionary<string, Place> places;
    private readonly PixelChange? pixels;
    private bool isOwner;

    private NamedWeights(
        WeightsFile file,
        ModelNames names,
        NameTable table,
        ImmutableSortedDictionary<string, Place> places,
        PixelChange? pixels,
        ImmutableArray<string> remarks
    ) => (this.file, this.names, this.table, this.places, this.pixels, Remarks) = (file, names, table, places, pixels, remarks);

    /// <summary>Whose names the file bears.</summary>
    public NamingScheme Naming => table.Naming;

    /// <summary>The same in words.</summary>
    public string Title => table.Title;

    /// <summary>What a person should know of the file beside its tensors: one sentence each.</summary>
    public override ImmutableArray<string> Remarks { get; }

    /// <inheritdoc />
    public override string Path => file.Path;

    /// <inheritdoc />
    public override IEnumerable<string> TensorNames => places.Keys;

    /// <inheritdoc />
    public override ImmutableSortedDictionary<string, string> Metadata => file.Metadata;

    /// <inheritdoc />
    public override bool HasChecksum => file.HasChecksum;

    /// <summary>Opens a file and reads it through a model's names.</summary>
    /// <param name="source">The file; where it does not say whose names it bears, those are taken under which most of its tensors have a place in the model.</param>
    /// <param name="names">The model's names.</param>
    /// <returns>The same tensors under the model's names, to be disposed.</returns>
    /// <exception cref="WeightsException">The file is missing or damaged, bears none of the stated names, or its pixels cannot be converted exactly.</exception>
    public static NamedWeights Open(WeightsSource source, ModelNames names)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.Opened is { } opened)
        {
            return Of(opened, source, names);
        }

        var own = WeightsFile.Open(source);
        try
        {
            var named = Of(own, source, names);
            named.isOwner = true;
            return named;
        }
        catch
        {
            own.Dispose();
            throw;
        }
    }

    /// <summary>Reads an open file through a model's names.</summary>
    /// <param name="file">The file; stays the caller's.</param>
    /// <param name="source">How it is to be taken.</param>
    /// <param name="names">The model's names.</param>
    /// <returns>The same tensors under the model's names.</returns>
    /// <exception cref="WeightsException">The file bears none of the stated names, or its pixels cannot be converted exactly.</exception>
    public static NamedWeights Of(WeightsFile file, WeightsSource source, ModelNames names)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(names);
        ImmutableArray<NameTable> tables =
        [
            .. NamingScheme.All.SelectMany(naming => new[] { NameTable.OfModel(naming, names), NameTable.OfBackbone(naming, names) }),
        ];
        file = WrapperNames.Off(file, some => tables.Max(candidate => candidate.Count(some)));
        var tensors = file.TensorNames.ToList();
        var table = Best(NamingScheme.All);
        if (source.Naming is { } stated)
        {
            var (recognised, places) = (table, table.Count(tensors));
            table = Best([stated]);

            // Some names are the same everywhere, so that a few always fit.
            if (table.Count(tensors) is var own && (own == 0 || own < places / 2))
            {
                throw new WeightsException(
                    $"{source.Path}: {own} of {tensors.Count} tensors bear names that {stated} gives layers of this model, {places} those of {recognised.Naming}; one is '{tensors.FirstOrDefault()}'. Leave --naming out, or name the right one of {string.Join(", ", NamingScheme.All)}."
                );
            }
        }

        var (pixels, remarks) = Pixels(source, file, table.Naming, names);
        return new NamedWeights(file, names, table, Places(tensors, table), pixels, [.. file.Remarks, .. remarks]);

        NameTable Best(ImmutableArray<NamingScheme> schemes) =>
            tables.Where(candidate => schemes.Contains(candidate.Naming)).MaxBy(candidate => candidate.Count(tensors))!;
    }

    /// <inheritdoc />
    public override (ScalarType Type, ImmutableArray<long> Shape) Describe(string name)
    {
        var place = Find(name);
        var (type, shape) = file.Describe(place.Tensor);
        return place.Layer is { } layer && shape.Length > 0
            ? (type, shape.SetItem(0, Naming.RowsOf(layer).OwnRows(shape[0], names.CategoryIds)))
            : (type, shape);
    }

    /// <inheritdoc />
    public override Tensor Read(string name)
    {
        var place = Find(name);
        var value = file.Read(place.Tensor);
        if (place.Layer is not { } layer || IsAsInTheModel(layer))
        {
            return value;
        }

        using (value)
        {
            return pixels is not null && layer.TakesPixels && value.dim() == 4 && value.shape[1] == 3
                ? pixels.Apply(value)
                : Naming.RowsOf(layer).Take(value, names.CategoryIds);
        }
    }

    /// <inheritdoc />
    public override void CopyTo(string name, Tensor target)
    {
        var place = Find(name);
        if (place.Layer is { } layer && !IsAsInTheModel(layer))
        {
            base.CopyTo(name, target);
        }
        else
        {
            file.CopyTo(place.Tensor, target);
        }
    }

    /// <summary>What to say of layers that differ in their number of classes.</summary>
    /// <param name="resized">Tensors of other shapes.</param>
    /// <returns>A sentence; null where no such layer differs.</returns>
    public string? ClassRemark(IEnumerable<ShapeDifference> resized)
    {
        var perClass = names
            .Layers.Where(layer => layer.IsPerClass)
            .Select(layer => $"{layer.Own}.weight")
            .ToHashSet(StringComparer.Ordinal);
        var differing = resized.Where(difference => perClass.Contains(difference.Name)).ToList();
        return differing.Count == 0
            ? null
            : $"The file is of another number of classes: all but the last layers are loaded, and these start afresh: {string.Join("; ", differing)}.";
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing && isOwner)
        {
            file.Dispose();
        }
    }

    private bool IsAsInTheModel(LayerNames layer) => Naming.RowsOf(layer) == RowOrder.Same && !(layer.TakesPixels && pixels is not null);

    private Place Find(string name) => places.GetValueOrDefault(name, new Place(name, null));

    private static ImmutableSortedDictionary<string, Place> Places(List<string> tensors, NameTable table)
    {
        var places = ImmutableSortedDictionary.CreateBuilder<string, Place>(StringComparer.Ordinal);
        List<string> others = [];
        foreach (var tensor in tensors)
        {
            if (table.Naming.IsConstant(tensor))
            {
                continue;
            }

            if (table.Find(tensor) is not { } found || !places.TryAdd(found.Own, new Place(tensor, found.Layer)))
            {
                others.Add(tensor);
            }
        }

        foreach (var tensor in others)
        {
            places.TryAdd(table.OwnPrefix + tensor, new Place(tensor, null));
        }

        return places.ToImmutable();
    }

    private static (PixelChange? Change, ImmutableArray<string> Remarks) Pixels(
        WeightsSource source,
        WeightsFile file,
        NamingScheme naming,
        ModelNames names
    )
    {
        if (source.HasCaffePixels)
        {
            return (
                PixelChange.FromCaffe(names)
                    ?? throw new WeightsException(
                        $"{source.Path}: weights for Caffe's pixels fit exactly only where the declared mean is 123.675, 116.28, 103.53; it is {string.Join(", ", names.Mean)}. Declare that mean, or leave --caffe-pixels out."
                    ),
                naming.Remarks(file)
            );
        }

        if (naming.PixelsOf(file) is not var (mean, std))
        {
            return (null, naming.Remarks(file));
        }

        return PixelChange.From(mean, std, names) is { } change
            ? (change, naming.Remarks(file))
            : (
                null,
                [
                    .. naming.Remarks(file),
                    $"The file's pixels have the mean {string.Join(", ", mean)}, the declaration's {string.Join(", ", names.Mean)}: its first convolution is taken as it is, which is not exact.",
                ]
            );
    }

    private readonly record struct Place(string Tensor, LayerNames? Layer);
}
