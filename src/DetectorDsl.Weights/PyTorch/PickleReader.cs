using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using DetectorDsl.Annotations;

namespace DetectorDsl.Weights.PyTorch;

/// <summary>Reads pickles of the kind that <c>torch.save</c> writes, without running anything.</summary>
/// <remarks>Python's pickle protocol 2 to 4 (Python, pickletools.py) less its text forms; names outside <see cref="TorchGlobals" /> are refused.</remarks>
internal sealed class PickleReader(ReadOnlyMemory<byte> data, string path)
{
    // Names of modules, classes and functions are short; one from the memo could else be a whole file, again and again.
    private const int LongestName = 200;

    // A state dict takes some forty steps a tensor, and has a thousand values at once on the stack.
    private const int MostSteps = 1 << 23;
    private const int LargestStack = 1 << 20;

    private readonly Stack<List<object?>> marks = new();
    private readonly Dictionary<long, object?> memo = [];
    private List<object?> stack = [];
    private int position;
    private long copied;
    private int steps;

    /// <summary>Where reading stands, in bytes.</summary>
    public int Position => position;

    /// <summary>Reads the next pickle.</summary>
    /// <returns>null, bool, long, BigInteger, double, string, bytes by their place, list, array (a tuple), or one of this room's objects.</returns>
    /// <exception cref="WeightsException">The pickle is damaged or holds what state dicts do not need.</exception>
    public object? Read()
    {
        stack = [];
        memo.Clear();
        marks.Clear();
        while (true)
        {
            var at = position;
            var code = (PickleCode)Byte();
            if (code == PickleCode.Stop)
            {
                return Pop();
            }

            if (++steps > MostSteps || stack.Count > LargestStack || marks.Count > InputBudget.DeepestNesting)
            {
                throw new WeightsException(
                    $"{path}: byte {at} of the pickle: {(marks.Count > InputBudget.DeepestNesting ? $"lists more than {InputBudget.DeepestNesting} deep in one another" : $"more than {(steps > MostSteps ? MostSteps : LargestStack)} values")}, which no state dict needs. Save the weights alone, with torch.save(model.state_dict(), file)."
                );
            }

            Step(code, at);
        }
    }

    private void Step(PickleCode code, int at)
    {
        switch (code)
        {
            case PickleCode.Proto:
                Skip(1);
                break;
            case PickleCode.Frame:
                Skip(8);
                break;
            case PickleCode.Mark:
                marks.Push(stack);
                stack = [];
                break;
            case PickleCode.Pop:
                Pop();
                break;
            case PickleCode.PopMark:
                TakeMarked();
                break;
            case PickleCode.Dup:
                Add(Top());
                break;
            case PickleCode.None:
                Add(null);
                break;
            case PickleCode.NewTrue:
                Add(true);
                break;
            case PickleCode.NewFalse:
                Add(false);
                break;
            case PickleCode.BinInt:
                Add((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4)));
                break;
            case PickleCode.BinInt1:
                Add((long)Byte());
                break;
            case PickleCode.BinInt2:
                Add((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2)));
                break;
            case PickleCode.Long1:
                Add(Whole(Take(Byte())));
                break;
            case PickleCode.Long4:
                Add(Whole(Take(Length4())));
                break;
            case PickleCode.BinFloat:
                Add(BinaryPrimitives.ReadDoubleBigEndian(Take(8)));
                break;
            case PickleCode.ShortBinString or PickleCode.ShortBinUnicode:
                Add(Encoding.UTF8.GetString(Take(Byte())));
                break;
            case PickleCode.BinString or PickleCode.BinUnicode:
                Add(Encoding.UTF8.GetString(Take(Length4())));
                break;
            case PickleCode.ShortBinBytes:
                Add(Bytes(Byte()));
                break;
            case PickleCode.BinBytes:
                Add(Bytes(Length4()));
                break;
            case PickleCode.EmptyTuple:
                Add(Array.Empty<object?>());
                break;
            case PickleCode.Tuple1:
                AddTuple(1);
                break;
            case PickleCode.Tuple2:
                AddTuple(2);
                break;
            case PickleCode.Tuple3:
                AddTuple(3);
                break;
            case PickleCode.Tuple:
                Add(TakeMarked().ToArray());
                break;
            case PickleCode.EmptyList or PickleCode.EmptySet:
                Add(new List<object?>());
                break;
            case PickleCode.List:
                Add(TakeMarked());
                break;
            case PickleCode.Append:
                AddItems([Pop()]);
                break;
            case PickleCode.Appends or PickleCode.AddItems:
                AddItems(TakeMarked());
                break;
            case PickleCode.EmptyDict:
                Add(new PickleDictionary());
                break;
            case PickleCode.SetItem:
                AddTuple(2);
                SetItems((object?[])Pop()!);
                break;
            case PickleCode.SetItems:
                SetItems(TakeMarked());
                break;
            case PickleCode.BinGet:
                Add(Recall(Byte()));
                break;
            case PickleCode.LongBinGet:
                Add(Recall(Length4()));
                break;
            case PickleCode.BinPut:
                memo[Byte()] = Top();
                break;
            case PickleCode.LongBinPut:
                memo[Length4()] = Top();
                break;
            case PickleCode.Memoize:
                memo[memo.Count] = Top();
                break;
            case PickleCode.Global:
                Add(Named(Line(), Line(), at));
                break;
            case PickleCode.StackGlobal:
                AddStackGlobal(at);
                break;
            case PickleCode.BinPersId:
                Add(TorchGlobals.Storage(Pop()) ?? throw Damaged(at, "a storage of an unknown kind"));
                break;
            case PickleCode.Reduce or PickleCode.NewObj:
                AddCall(at);
                break;
            case PickleCode.Build:
                SetState(Pop(), at);
                break;
            default:
                throw Damaged(at, $"the code 0x{(byte)code:x2}, which torch.save does not write");
        }
    }

    // To the stack as it is once the value is there: an end of marked items brings the one before back.
    private void Add(object? value) => stack.Add(value);

    private void AddTuple(int count)
    {
        var items = new object?[count];
        for (var i = count - 1; i >= 0; i--)
        {
            items[i] = Pop();
        }

        stack.Add(items);
    }

    private void AddItems(List<object?> items) => (Top() as List<object?>)?.AddRange(items);

    private void SetItems(IReadOnlyList<object?> items)
    {
        for (var i = 0; i + 1 < items.Count && Top() is PickleDictionary dictionary; i += 2)
        {
            dictionary.Add(items[i], items[i + 1]);
        }
    }

    private void AddStackGlobal(int at)
    {
        var (name, module) = (Pop(), Pop());
        stack.Add(module is string space && name is string own ? Named(space, own, at) : throw Damaged(at, "a name that is no text"));
    }

    private void AddCall(int at)
    {
        var (arguments, callee) = (Pop(), Pop());
        stack.Add(
            (callee, arguments) switch
            {
                (PickleGlobal global, object?[] values) => TorchGlobals.Call(global, Counted(values, at))
                    ?? throw Damaged(at, $"a call of '{global.Name}' with other arguments than it takes"),
                (PickleOpaque, _) => PickleOpaque.Instance,
                _ => throw Damaged(at, "a call of something that is no name"),
            }
        );
    }

    // A call may copy a list or tuple that it is given; many calls with one long list must not add up to more than a file of this size can mean.
    private object?[] Counted(object?[] arguments, int at)
    {
        copied += arguments.Sum(argument => argument is ICollection<object?> items ? items.Count : 0);
        return copied <= data.Length ? arguments : throw Damaged(at, "one call too many with the same long list");
    }

    private void SetState(object? state, int at)
    {
        if (Top() is PickleState target && !target.TrySet(state))
        {
            throw Damaged(at, "a state that is none of an array or a type of numbers");
        }
    }

    private PickleBytes Bytes(int count)
    {
        var start = position;
        Skip(count);
        return new PickleBytes(start, count);
    }

    private PickleGlobal Named(string module, string name, int at)
    {
        if (module.Length + name.Length > LongestName)
        {
            throw Damaged(at, $"a name of {module.Length + name.Length} characters");
        }

        var full = $"{module}.{name}";
        return TorchGlobals.Knows(full)
            ? new PickleGlobal(full)
            : throw new WeightsException(
                TorchGlobals.Unsupported(full) is { } kind
                    ? $"{path}: holds {kind} ('{full}'), which are not supported; nothing was run. Save the weights anew as ordinary floats, or as safetensors."
                    : $"{path}: byte {at} of the pickle names '{full}', which no state dict needs; nothing was run. Save the weights alone, with torch.save(model.state_dict(), file), or as safetensors."
            );
    }

    private object? Recall(long place) =>
        memo.TryGetValue(place, out var value) ? value : throw Damaged(position, $"a reference to place {place}, which is empty");

    private List<object?> TakeMarked()
    {
        if (!marks.TryPop(out var outer))
        {
            throw Damaged(position, "an end without a beginning");
        }

        var items = stack;
        stack = outer;
        return items;
    }

    private object? Top() => stack.Count > 0 ? stack[^1] : throw Damaged(position, "an empty stack");

    private object? Pop()
    {
        var value = Top();
        stack.RemoveAt(stack.Count - 1);
        return value;
    }

    private static object Whole(ReadOnlySpan<byte> bytes)
    {
        var number = new BigInteger(bytes);
        return number >= long.MinValue && number <= long.MaxValue ? (long)number : number;
    }

    private byte Byte() => Take(1)[0];

    private int Length4() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    private void Skip(int count) => Take(count);

    private string Line()
    {
        var length = data.Span[position..].IndexOf((byte)'\n');
        var text = Encoding.UTF8.GetString(Take(length < 0 ? data.Length - position + 1 : length));
        Skip(1);
        return text;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > data.Length - position)
        {
            throw new WeightsException(
                $"{path}: the pickle is cut off or damaged: {count} bytes are wanted at byte {position} of {data.Length}. Copy the file again."
            );
        }

        var bytes = data.Span.Slice(position, count);
        position += count;
        return bytes;
    }

    private WeightsException Damaged(int at, string what) =>
        new(
            $"{path}: byte {at} of the pickle is {what}. The file is damaged, or not written by torch.save: copy it again, or save it anew."
        );
}
