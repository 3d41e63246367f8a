using System.Collections.Immutable;
using static TorchSharp.torch;

namespace DetectorDsl.Weights.Naming;

/// <summary>How the rows (the first axis) of a layer's tensors lie in other software's files.</summary>
public abstract class RowOrder
{
    // No layer has more; a damaged file may claim any number for a tensor that holds nothing.
    private const long MostRows = 1 << 24;

    /// <summary>As in the model.</summary>
    public static RowOrder Same { get; } = new SameRows();

    /// <summary>For each of the model's rows the file's row.</summary>
    /// <param name="fileRows">Rows in the file.</param>
    /// <param name="categoryIds">Ids of the model's C categories in label order; a file may have a row for every id up to the largest.</param>
    /// <returns>The rows; null where a file in this order cannot have so many.</returns>
    public ImmutableArray<long>? Rows(long fileRows, ImmutableArray<int> categoryIds) =>
        fileRows is > 0 and <= MostRows ? Order((int)fileRows, categoryIds) : null;

    /// <summary>Rows in a file for so many rows of the model.</summary>
    /// <param name="rows">Rows of the model.</param>
    /// <returns>Their number; null where a model with so many has no place in such a file.</returns>
    public abstract long? FileRows(long rows);

    /// <summary>Rows that a file's tensor has in the model's order.</summary>
    /// <param name="fileRows">Rows in the file.</param>
    /// <param name="categoryIds">Ids of the model's C categories in label order.</param>
    /// <returns>Their number; the file's own where it does not fit the order.</returns>
    public virtual long OwnRows(long fileRows, ImmutableArray<int> categoryIds) => Rows(fileRows, categoryIds)?.Length ?? fileRows;

    /// <summary>Brings a file's tensor into the model's order.</summary>
    /// <param name="file">Its rows, each of any shape.</param>
    /// <param name="categoryIds">Ids of the model's C categories in label order.</param>
    /// <returns>A fresh tensor; the file's own where its rows do not fit the order, so that the difference in shape is seen.</returns>
    public virtual Tensor Take(Tensor file, ImmutableArray<int> categoryIds)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (file.dim() == 0 || Rows(file.shape[0], categoryIds) is not { } rows)
        {
            return file.alias();
        }

        using var index = tensor(rows.ToArray());
        return file.index_select(0, index);
    }

    /// <summary>Brings a model's tensor into the file's order; rows that the model lacks are zero.</summary>
    /// <param name="own">Its rows, each of any shape.</param>
    /// <returns>A fresh tensor; null where the model's rows have no place in such a file.</returns>
    public virtual Tensor? Put(Tensor own)
    {
        ArgumentNullException.ThrowIfNull(own);
        if (own.dim() == 0 || FileRows(own.shape[0]) is not { } count || Rows(count, []) is not { } rows || rows.Length != own.shape[0])
        {
            return null;
        }

        using var index = tensor(rows.ToArray());
        return zeros([count, .. own.shape[1..]], dtype: own.dtype).index_copy_(0, index, own);
    }

    /// <summary>For each of the model's rows the file's row.</summary>
    /// <param name="fileRows">Rows in the file, at least 1.</param>
    /// <param name="categoryIds">Ids of the model's C categories in label order; a file may have a row for every id up to the largest.</param>
    /// <returns>The rows; null where a file in this order cannot have so many.</returns>
    protected abstract ImmutableArray<long>? Order(int fileRows, ImmutableArray<int> categoryIds);

    private sealed class SameRows : RowOrder
    {
        public override long? FileRows(long rows) => rows;

        public override long OwnRows(long fileRows, ImmutableArray<int> categoryIds) => fileRows;

        public override Tensor Take(Tensor file, ImmutableArray<int> categoryIds) => file.alias();

        public override Tensor? Put(Tensor own) => own.alias();

        protected override ImmutableArray<long>? Order(int fileRows, ImmutableArray<int> categoryIds) => [.. Enumerable.Range(0, fileRows)];
    }
}
