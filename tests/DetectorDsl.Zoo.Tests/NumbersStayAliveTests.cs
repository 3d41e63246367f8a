extern alias full;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using DetectorDsl.Generators.Tests.Architecture;
using DetectorDsl.Native;
using TorchSharp;
using Xunit;

namespace DetectorDsl.Zoo.Tests;

/// <summary>
/// No code of the library's, and none that is generated for the zoo, calls a method of TorchSharp's in which a number is made: nothing holds it while the operator
/// reads it (<see cref="Arithmetic" />). Read from the instructions of all assemblies, so that a new version of TorchSharp is looked at, too.
/// </summary>
public sealed class NumbersStayAliveTests
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Assembly Torch = typeof(Scalar).Assembly;

    [Fact]
    public void NoMethod_HandsOnANumberThatNothingHolds()
    {
        var makers = Makers();
        Assert.Contains(typeof(torch.Tensor).GetMethod("op_Addition", [typeof(torch.Tensor), typeof(torch.Tensor)])!, makers);
        var found = Ours()
            .SelectMany(Methods)
            .SelectMany(method => CallsOf(method).Where(call => Makes(call) || makers.Contains(call)), Told);
        Assert.Empty(found.Distinct().Order(StringComparer.Ordinal));
    }

    // The floors, the zoo, and what else they load of ours. What makes and holds numbers is the one place that may.
    private static IEnumerable<Assembly> Ours()
    {
        var zoo = typeof(full::TrainerProgram).Assembly;
        return Directory
            .GetFiles(AppContext.BaseDirectory, "DetectorDsl.*.dll")
            .Where(static file => !Path.GetFileName(file).Contains("Tests", StringComparison.Ordinal))
            .Select(static file => Assembly.Load(AssemblyName.GetAssemblyName(file)))
            .Append(zoo);
    }

    // Those that make a number, and those that call them.
    private static HashSet<MethodBase> Makers()
    {
        var calls = Methods(Torch)
            .Where(static method => method.DeclaringType != typeof(Scalar) && method.DeclaringType != typeof(ScalarExtensionMethods))
            .ToDictionary(static method => method, static method => CallsOf(method).ToHashSet());
        var makers = calls.Where(static item => item.Value.Any(Makes)).Select(static item => item.Key).ToHashSet();
        while (
            calls.Where(item => !makers.Contains(item.Key) && item.Value.Overlaps(makers)).Select(static item => item.Key).ToList()
                is { Count: > 0 } further
        )
        {
            makers.UnionWith(further);
        }

        return makers;
    }

    private static bool Makes(MethodBase method) =>
        (method.DeclaringType == typeof(Scalar) && method.Name == "op_Implicit") || method.DeclaringType == typeof(ScalarExtensionMethods);

    private static IEnumerable<MethodBase> Methods(Assembly assembly) =>
        assembly
            .GetTypes()
            .Where(static type => type.FullName != "DetectorDsl.Native.Scalars" && type != typeof(Arithmetic))
            .SelectMany(static type => type.GetMethods(Everything).Concat<MethodBase>(type.GetConstructors(Everything)));

    private static unsafe IEnumerable<MethodBase> CallsOf(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code)
        {
            return [];
        }

        fixed (byte* start = code)
        {
            return
            [
                .. CodeTokens
                    .In(new BlobReader(start, code.Length))
                    .Where(static token =>
                        token.Kind is HandleKind.MethodDefinition or HandleKind.MemberReference or HandleKind.MethodSpecification
                    )
                    .Select(token => Resolve(method, MetadataTokens.GetToken(token)))
                    .OfType<MethodBase>(),
            ];
        }
    }

    // A method of a generic type is compared as it is declared.
    private static MethodBase? Resolve(MethodBase user, int token)
    {
        var arguments = user.IsGenericMethod ? user.GetGenericArguments() : null;
        return user.Module.ResolveMember(token, user.DeclaringType?.GetGenericArguments(), arguments) as MethodBase;
    }

    private static string Told(MethodBase user, MethodBase call) =>
        $"{user.DeclaringType}.{user.Name} calls {call.DeclaringType?.Name}.{call}";
}
