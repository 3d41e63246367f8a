using DetectorDsl.Evaluation;

namespace DetectorDsl.Training.Evaluating;

/// <summary>The usual settings of rules.</summary>
internal static class RulesSettings
{
    extension(EvaluationRules rules)
    {
        public EvaluationSettings Settings(IouType iouType) =>
            rules == EvaluationRules.Lvis ? EvaluationSettings.Lvis(iouType) : EvaluationSettings.Coco(iouType);
    }
}
