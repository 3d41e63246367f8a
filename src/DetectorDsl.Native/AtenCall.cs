using System.Runtime.InteropServices;
using System.Text;
using TorchSharp;

namespace DetectorDsl.Native;

/// <summary>
/// One call of an ATen operator through libtorch's stable C interface, for operators that TorchSharp does not bind. Arguments are put on in the
/// order of the operator's schema.
/// </summary>
/// <remarks>Source: pytorch, torch/csrc/stable/c/shim.h and torch/csrc/inductor/aoti_torch/c/shim.h, version 2.10.</remarks>
internal sealed unsafe partial class AtenCall
{
    private const string Library = "torch_cpu";
    private const ulong BuildVersion = 0x020A_0000_0000_0000;

    private readonly List<ulong> stack = [];

    static AtenCall()
    {
        TorchLibrary.EnsureLoaded();
    }

    /// <summary>A whole number.</summary>
    public AtenCall Integer(long value) => Push(unchecked((ulong)value));

    /// <summary>A floating-point number.</summary>
    public AtenCall Real(double value) => Push(BitConverter.DoubleToUInt64Bits(value));

    /// <summary>A truth value.</summary>
    public AtenCall Truth(bool value) => Push(value ? 1UL : 0);

    /// <summary>An optional argument that is absent.</summary>
    public AtenCall None() => Push(0);

    /// <summary>A tensor.</summary>
    public AtenCall Tensor(torch.Tensor value) => Push(NewHandle(value));

    /// <summary>An optional tensor.</summary>
    public AtenCall Optional(torch.Tensor? value)
    {
        if (value is null)
        {
            return None();
        }

        // The call frees the cell with C++'s delete, which is C's free on the platforms served.
        var cell = (ulong*)NativeMemory.Alloc(sizeof(ulong));
        *cell = NewHandle(value);
        return Push((ulong)cell);
    }

    /// <summary>A list of tensors.</summary>
    public AtenCall Tensors(IReadOnlyList<torch.Tensor> values)
    {
        nint list;
        Check(torch_new_list_reserve_size((nuint)values.Count, &list), "torch_new_list_reserve_size");
        foreach (var value in values)
        {
            Check(torch_list_push_back(list, NewHandle(value)), "torch_list_push_back");
        }

        return Push((ulong)list);
    }

    /// <summary>Runs an operator whose results are tensors.</summary>
    /// <param name="name">Name with namespace; the overload is the plain one.</param>
    /// <param name="results">How many tensors the operator gives.</param>
    /// <returns>The first of them.</returns>
    /// <exception cref="InvalidOperationException">The operator refused its arguments.</exception>
    public torch.Tensor First(string name, int results)
    {
        // Results take the place of the arguments.
        while (stack.Count < results)
        {
            Push(0);
        }

        Run(name);
        for (var result = 1; result < results; result++)
        {
            Check(aoti_torch_delete_tensor_object((nint)stack[result]), "aoti_torch_delete_tensor_object");
        }

        return torch.Tensor.UnsafeCreateTensor((nint)stack[0]);
    }

    /// <summary>Runs the operator; its results are not read, so it serves operators that work in place.</summary>
    /// <param name="name">Name with namespace, for example <c>aten::_fused_sgd_</c>.</param>
    /// <param name="overload">Name of the overload; empty for the plain one.</param>
    /// <exception cref="InvalidOperationException">The operator refused its arguments.</exception>
    public void Run(string name, string overload = "")
    {
        fixed (byte* nameBytes = Encoding.UTF8.GetBytes(name + '\0'))
        fixed (byte* overloadBytes = Encoding.UTF8.GetBytes(overload + '\0'))
        fixed (ulong* arguments = CollectionsMarshal.AsSpan(stack))
        {
            Check(torch_call_dispatcher(nameBytes, overloadBytes, arguments, BuildVersion), name);
        }
    }

    /// <summary>Where the first value of a tensor lies.</summary>
    /// <param name="value">The tensor.</param>
    public static nint Memory(torch.Tensor value)
    {
        nint address;
        Check(aoti_torch_get_data_ptr(value.Handle, &address), "aoti_torch_get_data_ptr");
        return address;
    }

    private static ulong NewHandle(torch.Tensor value)
    {
        nint handle;
        Check(aoti_torch_new_tensor_handle(value.Handle, &handle), "aoti_torch_new_tensor_handle");
        return (ulong)handle;
    }

    // Arguments are taken over by the call: every tensor needs a handle of its own.
    private AtenCall Push(ulong value)
    {
        stack.Add(value);
        return this;
    }

    private static void Check(int status, string what)
    {
        if (status != 0)
        {
            throw new InvalidOperationException($"libtorch refused {what}; its message is on the standard error stream.");
        }
    }

    [LibraryImport(Library)]
    private static partial int torch_call_dispatcher(byte* name, byte* overload, ulong* stack, ulong buildVersion);

    [LibraryImport(Library)]
    private static partial int torch_new_list_reserve_size(nuint size, nint* list);

    [LibraryImport(Library)]
    private static partial int torch_list_push_back(nint list, ulong element);

    [LibraryImport(Library)]
    private static partial int aoti_torch_delete_tensor_object(nint tensor);

    [LibraryImport(Library)]
    private static partial int aoti_torch_new_tensor_handle(nint tensor, nint* handle);

    [LibraryImport(Library)]
    private static partial int aoti_torch_get_data_ptr(nint tensor, nint* address);
}
