// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <set>
#include <string>
#include <vector>

#include "app/desktop/case/case.h"

namespace geneglass {

/// Which annotations of a case are selected, and what is done with them. Every deed is one step of the case;
/// what is locked stays as it is. GUI thread.
class AnnotationSelection : public QObject {
  Q_OBJECT

 public:
  explicit AnnotationSelection(Case& document, QObject* parent = nullptr);  ///< which outlives it

  Case& document() const { return m_case; }
  const std::set<std::string>& selection() const { return m_selection; }  ///< ids, all in the case
  std::vector<AnnotationPtr> selected() const;                            ///< in drawing order
  void select(std::set<std::string> ids);
  void deleteSelected();
  void setClassOfSelected(const std::string& name);
  void uniteSelected();      ///< areas become one, of the lowest's class and name
  void subtractSelected();   ///< the lowest area without all others, which stay
  void intersectSelected();  ///< what all areas have in common, in place of the lowest

 Q_SIGNALS:
  void selectionChanged();
  void refused(const QString& sentence);

 private:
  void forgetWhatIsGone();
  std::vector<AnnotationPtr> selectedAreas(const QString& deed);
  void replaceAreas(const std::vector<AnnotationPtr>& areas, Area result, bool keepOthers,
                    const QString& what);

  Case& m_case;
  std::set<std::string> m_selection;
};

}  // namespace geneglass
