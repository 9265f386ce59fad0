;;; -*- lexical-binding: t; -*- What the Emacs tests have in common: checks, and those that don't depend on the client.
(require 'cl-lib)
(require 'json)

;; As the README has it.
(add-to-list 'load-path (expand-file-name "editors/emacs" (getenv "REPOSITORY")))
(require 'copydesk)

(defvar failed nil)

(defun wait-for (what condition)
  "The value of CONDITION, as soon as it has one; an error that names WHAT where that takes too long."
  (let ((until (+ (float-time) 15)) result)
    (while (and (not (setq result (funcall condition))) (< (float-time) until))
      (accept-process-output nil 0.05))
    (or result (error "Waited in vain for %s" what))))

(defmacro check (name &rest body)
  "Run BODY and print how NAME went."
  `(condition-case problem
       (progn ,@body (princ (format "ok - %s\n" ,name)))
     (error (setq failed t) (princ (format "FAILED - %s: %S\n" ,name problem)))))

(defun holds (words text)
  (unless (string-search words (or text "")) (error "`%s' is not in `%s'" words text))
  t)

(defun go-to (words)
  "Put point into the first place where WORDS stand; return where they begin."
  (goto-char (point-min))
  (search-forward words)
  (goto-char (1+ (match-beginning 0)))
  (match-beginning 0))

(defvar expected (let ((json-object-type 'alist)) (json-read-file (getenv "EXPECT"))))
(defun expected (check field) (alist-get field (alist-get check expected)))

(defun read-file (name)
  (with-temp-buffer (insert-file-contents name) (buffer-string)))

(defvar desk (expand-file-name "desk" (getenv "WORK")))

(defun check-letter (wait-for-server hover)
  "Open a draft of a desk whose sources are known, WAIT-FOR-SERVER, and hold what HOVER gives to the letter."
  (find-file (expand-file-name "letter.md" desk))
  (check "a hover begins with what is found, to the letter"
    (funcall wait-for-server)
    (goto-char (point-min))
    (search-forward "Brandvodl")
    (let* ((place (list :line 2 :character (- (point) 2 (line-beginning-position))))
           (shown (funcall hover (append (copydesk--document) (list :position place))))
           (letter (read-file (expand-file-name (if (string-search "](file" shown) "letter.hover.md" "letter.hover.txt") desk)))
           (expected (replace-regexp-in-string "{DESK}" (concat "file://" (file-truename desk)) letter t t)))
      (unless (equal (string-trim shown) (string-trim expected)) (error "It is `%s' and not `%s'" shown expected)))))

(defun check-commands ()
  "In the draft of the same desk."
  (check "M-x copydesk-who tells of a name"
    (copydesk-who "Brandvold")
    (holds "Anna Brandvold" (with-current-buffer "*copydesk who*" (buffer-string))))
  (check "M-x copydesk-check counts"
    (holds "checked: " (copydesk-check)))
  (check "M-x copydesk-explain shows a rule"
    (copydesk-explain "name-misspelled")
    (holds "near miss" (with-current-buffer "*copydesk rule*" (buffer-string))))
  (check "M-x copydesk-dossier leads to mentions and sources"
    (copydesk-dossier)
    (with-current-buffer "*copydesk dossier*"
      (holds "1 differs" (buffer-string))
      (goto-char (point-min))
      (search-forward "! Anna")
      (push-button))
    (with-current-buffer (window-buffer)
      (holds "letter.md" (buffer-name))
      (unless (= (line-number-at-pos) 3) (error "Not at the mention, but on line %d" (line-number-at-pos))))
    (with-current-buffer "*copydesk dossier*"
      (goto-char (point-min))
      (re-search-forward "^ +Evening Dispatch")
      (push-button))
    (holds "council.md" (buffer-name (window-buffer))))
  (set-buffer (get-file-buffer (expand-file-name "letter.md" desk)))
  (check "M-x copydesk-reload has the archive read again"
    (holds "read again" (copydesk-reload))))
