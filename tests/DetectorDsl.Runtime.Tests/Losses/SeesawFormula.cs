namespace DetectorDsl.Runtime.Tests.Losses;

/// <summary>Seesaw Loss by its definition, with plain numbers: powers and quotients where the library uses logarithms.</summary>
internal static class SeesawFormula
{
    /// <summary>Sij of one region.</summary>
    public static double[] Factors(double[] logits, int label, double[] counts, double p, double q, double epsilon)
    {
        var sum = logits.Sum(Math.Exp);
        var own = Math.Max(Math.Exp(logits[label]) / sum, epsilon);
        var factors = new double[logits.Length];
        for (var j = 0; j < factors.Length; j++)
        {
            var (mine, other) = (Math.Max(counts[label], 1), Math.Max(counts[j], 1));
            var mitigation = p > 0 && other < mine ? Math.Pow(other / mine, p) : 1;
            var score = Math.Exp(logits[j]) / sum;
            var compensation = q > 0 && score > own ? Math.Pow(score / own, q) : 1;
            factors[j] = j == label ? 1 : mitigation * compensation;
        }

        return factors;
    }

    /// <summary>-ln(e^zi / sum over j of Sij e^zj), the factors taken as fixed.</summary>
    public static double Loss(double[] logits, int label, double[] factors) =>
        Math.Log(logits.Select((logit, j) => factors[j] * Math.Exp(logit)).Sum()) - logits[label];
}
