;;; -*- lexical-binding: t; -*- What emacs.sh runs inside Emacs. One line of output for each check.
(require 'package)
(package-initialize)
(require 'cl-lib)
(require 'eglot)
(require 'flymake)
(require 'json)
(require 'xref)

;; As docs/editors.md has it.
(add-to-list 'eglot-server-programs '((markdown-mode text-mode html-mode) . ("copydesk" "lsp")))
(add-hook 'text-mode-hook 'eglot-ensure)

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

(find-file (expand-file-name "draft.md" (getenv "WORK")))

(check "the server manages the draft"
  (run-hooks 'post-command-hook)
  (wait-for "the server" 'eglot-managed-p))

(check "findings are shown where they belong"
  (flymake-mode 1)
  (flymake-start)
  (let* ((begin (go-to (expected 'finding 'words)))
         (found (wait-for "a finding" (lambda () (flymake-diagnostics begin (1+ begin))))))
    (holds (expected 'finding 'message) (mapconcat 'flymake-diagnostic-text found "\n"))))

(check "a hover tells who is meant"
  (go-to (expected 'hover 'words))
  (let (shown)
    (eglot-hover-eldoc-function (lambda (text &rest _) (setq shown text)))
    (holds (expected 'hover 'shows) (wait-for "the hover" (lambda () shown)))))

(check "a definition lands in a source"
  (go-to (expected 'definition 'words))
  (let ((place (car (xref-backend-definitions 'eglot (xref-backend-identifier-at-point 'eglot)))))
    (with-current-buffer (marker-buffer (xref-location-marker (xref-item-location place)))
      (goto-char (xref-location-marker (xref-item-location place)))
      (holds (expected 'definition 'lands) (buffer-substring (line-beginning-position) (line-end-position))))))

(check "M-? lists the mentions"
  (save-window-excursion
    (go-to (expected 'references 'words))
    (execute-kbd-macro (kbd "M-?"))
    (with-current-buffer (wait-for "the list" (lambda () (get-buffer "*xref*")))
      (seq-doseq (place (expected 'references 'lists))
        (holds place (buffer-string))))))

(check "M-x eglot-rename renames a person with the shorter forms"
  (go-to (expected 'rename 'words))
  (execute-kbd-macro (vconcat (kbd "M-x eglot-rename RET") (expected 'rename 'to) (kbd "RET")))
  (wait-for "the new name" (lambda () (string-search (expected 'rename 'to) (buffer-string))))
  (when (string-search (expected 'rename 'gone) (buffer-string))
    (error "`%s' is still there" (expected 'rename 'gone))))

(check "a fix puts it right"
  (let* ((begin (go-to (expected 'fix 'words)))
         (last-nonmenu-event t)
         (title (expected 'fix 'title)))
    (cl-letf (((symbol-function 'completing-read)
               (lambda (_prompt choices &rest _)
                 (or (cl-find-if (lambda (choice) (string-search title choice))
                                 (mapcar (lambda (choice) (if (consp choice) (car choice) choice)) (all-completions "" choices)))
                     (error "No fix names %s" title)))))
      (eglot-code-actions begin (+ begin (length (expected 'fix 'words))) nil t))
    (wait-for "the change" (lambda () (string-search (expected 'fix 'becomes) (buffer-string))))))

(check "the server stops"
  (let ((server (eglot-current-server)))
    (eglot-shutdown server)
    (wait-for "its end" (lambda () (not (jsonrpc-running-p server))))))

(set-buffer-modified-p nil)
(kill-emacs (if failed 1 0))
