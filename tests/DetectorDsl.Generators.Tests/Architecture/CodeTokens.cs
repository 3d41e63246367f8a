using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace DetectorDsl.Generators.Tests.Architecture;

/// <summary>The types and members that a method's instructions name. Source of the operands' sizes: ECMA-335, partition III.</summary>
internal static class CodeTokens
{
    /// <summary>Reads a method.</summary>
    /// <param name="code">Its instructions.</param>
    public static IEnumerable<EntityHandle> In(BlobReader code)
    {
        var found = new List<EntityHandle>();
        while (code.RemainingBytes > 0)
        {
            var first = code.ReadByte();
            var operation = (ILOpCode)(first == 0xFE ? 0xFE00 | code.ReadByte() : first);
            if (operation == ILOpCode.Switch)
            {
                code.Offset += 4 * code.ReadInt32();
            }
            else if (TakesToken(operation))
            {
                found.Add((EntityHandle)MetadataTokens.Handle(code.ReadInt32()));
            }
            else
            {
                code.Offset += OperandSize(operation);
            }
        }

        return found;
    }

    // A string's token is no entity, and a signature's names no type.
    private static bool TakesToken(ILOpCode operation) =>
        operation
            is ILOpCode.Jmp
                or ILOpCode.Call
                or (>= ILOpCode.Callvirt and <= ILOpCode.Ldobj)
                or (>= ILOpCode.Newobj and <= ILOpCode.Isinst)
                or ILOpCode.Unbox
                or (>= ILOpCode.Ldfld and <= ILOpCode.Stobj)
                or ILOpCode.Box
                or ILOpCode.Newarr
                or ILOpCode.Ldelema
                or (>= ILOpCode.Ldelem and <= ILOpCode.Unbox_any)
                or ILOpCode.Refanyval
                or ILOpCode.Mkrefany
                or ILOpCode.Ldtoken
                or ILOpCode.Ldftn
                or ILOpCode.Ldvirtftn
                or ILOpCode.Initobj
                or ILOpCode.Constrained
                or ILOpCode.Sizeof;

    private static int OperandSize(ILOpCode operation) =>
        operation switch
        {
            >= ILOpCode.Ldarg_s and <= ILOpCode.Stloc_s => 1,
            ILOpCode.Ldc_i4_s or ILOpCode.Leave_s or ILOpCode.Unaligned => 1,
            >= ILOpCode.Br_s and <= ILOpCode.Blt_un_s => 1,
            >= ILOpCode.Ldarg and <= ILOpCode.Stloc => 2,
            ILOpCode.Ldc_i4 or ILOpCode.Ldc_r4 or ILOpCode.Leave or ILOpCode.Ldstr or ILOpCode.Calli => 4,
            >= ILOpCode.Br and <= ILOpCode.Blt_un => 4,
            ILOpCode.Ldc_i8 or ILOpCode.Ldc_r8 => 8,
            _ => 0,
        };
}
