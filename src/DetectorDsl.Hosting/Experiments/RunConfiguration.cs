using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace DetectorDsl.Hosting.Experiments;

/// <summary>Everything that the result of a run depends on, by names; equal configurations have equal hashes on every machine.</summary>
/// <param name="Settings">Names and values.</param>
public sealed record RunConfiguration(ImmutableSortedDictionary<string, string> Settings)
{
    // 64 bits: experiments have hundreds of runs, not billions.
    private const int HashLength = 16;

    /// <summary>Takes names and values in any order.</summary>
    /// <param name="settings">The settings; numbers in the invariant culture.</param>
    /// <returns>The configuration.</returns>
    public static RunConfiguration Of(params IEnumerable<(string Name, string Value)> settings) =>
        new(settings.ToImmutableSortedDictionary(item => item.Name, item => item.Value, StringComparer.Ordinal));

    /// <summary>16 hexadecimal digits.</summary>
    public string Hash
    {
        get
        {
            // A length before each text: no two configurations are the same bytes.
            var text = new StringBuilder();
            foreach (var (name, value) in Settings)
            {
                text.Append(name.Length).Append(':').Append(name).Append(value.Length).Append(':').Append(value);
            }

            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..HashLength];
        }
    }

    /// <inheritdoc />
    public bool Equals(RunConfiguration? other) => other is not null && Settings.SequenceEqual(other.Settings);

    /// <inheritdoc />
    public override int GetHashCode() => Hash.GetHashCode(StringComparison.Ordinal);
}
